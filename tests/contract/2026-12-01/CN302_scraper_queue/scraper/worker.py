import os

import redis
from celery import Celery

app = Celery(
    "scraper",
    broker=os.environ.get("SCRAPER_BROKER_URL", "amqp://guest:guest@rabbit:5672//"),  # want: CN302
    backend=os.environ["SCRAPER_RESULTS"],
)
app.conf.task_time_limit = int(os.environ.get("SCRAPER_TIME_LIMIT", "300"))  # ok: CN302 a limit


def frontier() -> redis.Redis:
    return redis.Redis(
        host=os.environ["FRONTIER_HOST"],
        port=int(os.environ.get("FRONTIER_PORT", "6379")),  # ok: CN302 a port
        password=os.environ.get("FRONTIER_PASSWORD") or "frontier",  # want: CN302
    )


@app.task
def crawl(page: str) -> int:
    return frontier().lpush("pages", page)
