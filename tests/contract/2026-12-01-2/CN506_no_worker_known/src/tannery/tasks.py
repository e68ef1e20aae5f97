"""The workers are deployed from another repository: nothing is known here."""
from __future__ import annotations

from celery import Celery

app = Celery("tannery")
app.conf.task_routes = {"tannery.tasks.*": {"queue": "vats"}}  # ok: CN506 no worker command in the workspace


@app.task(queue="dyes")  # ok: CN506 no worker command in the workspace
def mix_dye(red: int, green: int, blue: int) -> str:
    return f"#{red:02x}{green:02x}{blue:02x}"


@app.task
def soak(hide: str, hours: int) -> str:
    if hours < 6:
        raise ValueError(hours)
    return f"{hide} soaked {hours} h"
