from celery import Celery

app = Celery("shop", broker="redis://redis:6379/0")
app.conf.task_routes = {
    "shop.tasks.send_receipt": {"queue": "emails"},  # ok: CN506 the worker consumes it
    "shop.tasks.monthly_report": {"queue": "reports"},  # want: CN506
}
