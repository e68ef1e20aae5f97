from celery import Celery

app = Celery("notes")
app.conf.task_routes = {"notes.tasks.mail": {"queue": "mail"}}  # ok: CN506 no worker command is known
