"""The Celery application of the photo lab."""
from celery import Celery

app = Celery("photolab", include=["photolab.tasks"])

app.conf.task_default_queue = "develop"
app.conf.task_routes = {
    "photolab.tasks.enlarge_print": {"queue": "enlarge"},  # ok: CN506 the slow worker consumes it
    "photolab.tasks.send_receipt": {"queue": "mail"},  # ok: CN506 the fast worker consumes it
    "photolab.tasks.make_album": {"queue": "albums"},  # want: CN506 albums
}
app.conf.beat_schedule = {
    "clean-trays": {"task": "photolab.tasks.clean_trays", "schedule": 3600.0},
}
