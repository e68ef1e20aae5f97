#!/bin/sh
set -eu
# alerts: not here, see the wiki
exec celery -A forecast.app worker \
    --queues weather \
    --loglevel WARNING
