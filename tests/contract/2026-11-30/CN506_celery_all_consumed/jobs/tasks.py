from celery import Celery

app = Celery("jobs")


@app.task(queue="video")
def video(path):  # ok: CN506 k8s YAML and systemd consume all
    return path


@app.task(queue="audio")
def audio(path):
    return path


@app.task(queue="images")
def image(path):
    return path
