from zoo.celery import app


@app.task(queue="zoo")  # ok: CN506 a worker without -Q has the default queue
def feed(animal: str) -> None:
    print("feed", animal)


@app.task(queue="reports")  # ok: CN506 started by the script
def report(day: str) -> None:
    print("report", day)


@app.task(queue="night")  # want: CN506 night
def lock_gates() -> None:
    print("closed")
