#!/usr/bin/env bash
set -euo pipefail
QUEUES=assembly,paint
case "${1:-worker}" in
  worker) exec celery --app factory.celery_app worker -Q "$QUEUES" ;;
  beat) exec celery --app factory.celery_app beat ;;
esac
