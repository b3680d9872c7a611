#!/bin/sh
set -e
# The lists are there: the Dockerfile has fetched them.
apt-get install -y --no-install-recommends tree
printf 'one\n' > /srv/a
printf 'two\n' > /srv/b
diff -u --label a --label b /srv/a /srv/b > /srv/change || true
patch -o /srv/c /srv/a /srv/change
