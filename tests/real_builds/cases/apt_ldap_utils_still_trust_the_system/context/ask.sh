#!/bin/sh
# Nobody answers behind the handshake: a server that is trusted is waited for, another is left at once.
sleep 9 | openssl s_server -quiet -accept 6636 -key /srv/key.pem -cert /usr/local/share/ca-certificates/ours.crt > /dev/null 2>&1 &
sleep 1
timeout 4 ldapsearch -x -H ldaps://127.0.0.1:6636 -b dc=example
test $? = 124 && echo trusted
