from celery import Celery, shared_task

celery = Celery("lab")
celery.conf.task_default_queue = "lab"
celery.conf.task_routes = {
    "lab.worker.thumbnail": {"queue": "images", "routing_key": "images.small"},  # ok: CN506 in the Procfile
    "lab.worker.print_poster": {"queue": "plotter"},  # want: CN506
    "lab.worker.tidy": {"queue": "lab"},  # ok: CN506 the default queue of this application
}


@celery.task
def thumbnail(path: str, width: int = 200) -> str:
    return f"{path}@{width}"


@celery.task
def print_poster(path: str) -> None:
    print("plotting", path)


@shared_task(queue="faces", ignore_result=True)  # ok: CN506 the second -Q argument in the Procfile
def find_faces(path: str) -> list[tuple[int, int]]:
    return [(0, len(path))]


@shared_task(ignore_result=True, queue="ocr")  # want: CN506
def read_text(path: str) -> str:
    return path.rpartition("/")[2]


@shared_task
def tidy() -> None:
    print("tidying")
