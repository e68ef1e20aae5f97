from celery import Celery

app = Celery("app", broker="amqp://mq")
app.conf.task_default_queue = "default"
app.conf.task_routes = {
    "app.tasks.send_mail": {"queue": "emails"},
    "app.tasks.build_report": {"queue": "reports"},  # want: CN506
}
