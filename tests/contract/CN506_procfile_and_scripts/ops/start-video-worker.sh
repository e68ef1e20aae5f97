#!/bin/sh
set -e
exec celery -A studio worker -Q video -n video@%h
