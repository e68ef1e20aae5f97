from __future__ import annotations

import celery

application = celery.Celery("forecast")

application.conf.update(
    task_acks_late=True,
    task_routes={
        "forecast.jobs.train": {"queue": "gpu"},  # ok: CN506 the deployment trainer consumes it
        "forecast.jobs.backfill": {"queue": "bulk"},  # want: CN506
        "forecast.jobs.publish": {"queue": "realtime"},  # ok: CN506 consumed by the systemd unit
    },
)
