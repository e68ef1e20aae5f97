from shop.celery_app import app


@app.task
def send_receipt(order: int) -> str:
    return f"receipt of {order}"


@app.task
def monthly_report(month: str) -> str:
    return f"report of {month}"


@app.task(queue="thumbnails")  # want: CN506
def make_thumbnail(path: str) -> str:
    return path + ".thumb.png"


@app.task(queue="celery")  # ok: CN506 the worker consumes it
def clean_up() -> None:
    print("clean")
