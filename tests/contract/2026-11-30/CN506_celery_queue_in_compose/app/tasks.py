from app.celery import app


@app.task
def send_mail(to):
    return to


@app.task
def build_report(day):
    return day


@app.task(queue="thumbnails")  # want: CN506
def thumbnail(path):
    return path


@app.task
def cleanup():
    return None
