from celery import Celery

app = Celery("pipeline")
app.conf.task_default_queue = "main"
app.conf.task_routes = {"pipeline.jobs.export": {"queue": "export"}}  # want: CN506
