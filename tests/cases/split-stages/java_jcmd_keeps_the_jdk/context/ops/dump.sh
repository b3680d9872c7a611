#!/bin/sh
exec jcmd orders-1.2.0.jar Thread.print
