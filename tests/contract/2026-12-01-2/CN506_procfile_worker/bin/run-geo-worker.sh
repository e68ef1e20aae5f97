#!/bin/sh
# started by hand on the machine with the maps
set -e
exec celery -A census.queue:celery worker --concurrency=1 -Q "geo"
