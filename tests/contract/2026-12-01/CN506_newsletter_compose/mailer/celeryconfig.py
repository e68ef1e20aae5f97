task_routes = {
    "mailer.deliver": {"queue": "outbound"},  # ok: CN506 worker-send consumes it
    "mailer.tasks.track_*": {"queue": "analytics"},  # want: CN506
    "mailer.tasks.count_opens": {"queue": "celery"},  # ok: CN506 worker-default has no -Q, so it takes the default queue
}
result_expires = 3600
