#!/bin/bash
cd /opt/post
exec java -cp "out:lib/*:resources" org.example.post.Main "$@"
