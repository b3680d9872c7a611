#!/bin/sh
exec python -m feeds --quiet
