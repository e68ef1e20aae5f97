from celery import Celery, shared_task

celery = Celery("census")
celery.conf.update(
    task_routes={
        "census.queue.import_*": "imports",  # ok: CN506 consumed by the Procfile's worker
        "census.queue.geocode": {"queue": "geo"},  # ok: CN506 consumed by the shell script's worker
    },
)


@shared_task
def import_households(path: str) -> int:
    """Count the households of one file."""
    with open(path, encoding="utf-8") as handle:
        return sum(1 for line in handle if line.startswith("H"))


@shared_task
def geocode(address: str) -> tuple[float, float]:
    street, _, number = address.rpartition(" ")
    return float(len(street)), float(number)


@shared_task(queue="statistics")  # want: CN506 statistics
def summarize(households: list[int]) -> float:
    return sum(households) * 0.37


@shared_task
def notify(address: str) -> str:
    """Without a queue of its own: the default one, which the worker names."""
    return f"sent to {address}"
