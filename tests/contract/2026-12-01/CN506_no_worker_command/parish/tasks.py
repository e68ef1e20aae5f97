"""The workers of the parish register are started by the diocese's own platform."""
from celery import Celery

app = Celery("parish")
app.conf.task_routes = {
    "parish.tasks.index_page": {"queue": "scans"},  # ok: CN506 the workspace has no worker command at all
    "parish.tasks.notify": {"queue": "letters"},  # ok: CN506 the workspace has no worker command at all
}


@app.task
def index_page(volume: int, page: int) -> str:
    return f"{volume:03d}/{page:04d}"


@app.task
def notify(family: str) -> str:
    return f"Dear family {family}"


@app.task(queue="transcripts")  # ok: CN506 the workspace has no worker command at all
def transcribe(text: str) -> str:
    return " ".join(text.split())
