from celery import Celery

app = Celery("zoo")
app.conf.task_default_queue = "zoo"
