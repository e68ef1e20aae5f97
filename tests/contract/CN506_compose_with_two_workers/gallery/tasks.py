from celery import Celery

app = Celery("gallery", broker="redis://broker")
app.conf.task_routes = {
    "gallery.tasks.render_video": {"queue": "video"},  # want: CN506 video
    "gallery.tasks.thumbnail": {"queue": "thumbnails"},  # ok: CN506 the first worker has it
}


@app.task
def thumbnail(picture: str) -> None:
    print("small", picture)


@app.task
def render_video(name: str) -> None:
    print("film", name)


@app.task(queue="mail")  # ok: CN506 the second worker has it
def tell(user: str) -> None:
    print("mail", user)


@app.task(queue="exports")  # want: CN506 exports
def export(user: str) -> None:
    print("zip", user)


@app.task
def count() -> None:  # ok: CN506 the default queue
    print("one more")
