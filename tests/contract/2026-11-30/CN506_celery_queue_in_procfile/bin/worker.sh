#!/bin/sh
exec celery -A shop worker \
    -Q imports \
    --concurrency 2
