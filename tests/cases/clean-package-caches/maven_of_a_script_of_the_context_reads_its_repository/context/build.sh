#!/bin/sh
mvn -o package
