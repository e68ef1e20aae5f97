from celery import shared_task


@shared_task(queue="images")  # ok: CN506 the Procfile's worker
def resize(path: str, width: int) -> str:
    return f"{path}@{width}"


@shared_task(queue="video")  # ok: CN506 the script's worker
def encode(path: str) -> str:
    return path + ".mp4"


@shared_task(queue="audio")  # want: CN506
def normalise(path: str) -> str:
    return path + ".wav"


@shared_task
def notify(user: int) -> None:
    print("ready", user)
