#!/bin/bash
while sleep 60; do mailq; done
