#!/bin/sh
set -e
npm install --offline lodash@4.17.21 --prefix /srv/again
