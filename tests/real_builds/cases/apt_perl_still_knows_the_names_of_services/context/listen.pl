use strict;
use warnings;
use IO::Socket::INET;

my $server = IO::Socket::INET->new(LocalPort => 'http-alt', Listen => 1)
    or die "cannot listen: $@";
print 'listening on ', $server->sockport, "\n";
