#!/bin/sh
set -e
diesel migration run
exec ./target/release/library
