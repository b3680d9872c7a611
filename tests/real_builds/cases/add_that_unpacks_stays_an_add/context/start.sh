#!/bin/sh
cat /srv/site/index.html
