#!/bin/sh
tar -C /srv -xzf /opt/a.tar.gz
