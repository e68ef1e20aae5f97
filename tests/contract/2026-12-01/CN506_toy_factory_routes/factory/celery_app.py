import os

from celery import Celery
from kombu import Queue

PAINT_QUEUE = "paint"

app = Celery("factory", broker=os.environ["BROKER_URL"])
app.conf.task_queues = [Queue("assembly"), Queue(PAINT_QUEUE)]
app.conf.task_routes = (
    {
        "factory.steps.saw": "wood",  # want: CN506
        "factory.steps.glue": {"queue": "assembly"},  # ok: CN506 start.sh names it in a variable
        "factory.steps.paint": {"queue": PAINT_QUEUE},  # ok: CN506 paint is consumed by start.sh
        "factory.steps.dry": {"exchange": "ovens", "queue": "ovens"},  # want: CN506
    },
)
