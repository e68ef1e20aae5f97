from celery import Celery

app = Celery("mailer")
app.config_from_object("mailer.celeryconfig")


@app.task(queue="render")  # ok: CN506 worker-render consumes it
def render_issue(issue: int) -> str:
    return f"<h1>Issue {issue}</h1>"


@app.task(bind=True, max_retries=3, queue="bounces")  # want: CN506
def handle_bounce(self, address: str) -> None:
    if "@" not in address:
        raise self.retry(countdown=60)


@app.task  # ok: CN506 the default queue, which worker-default consumes
def count_opens(issue: int) -> int:
    return issue * 2


@app.task(name="mailer.deliver")
def deliver(address: str, body: str) -> int:
    return len(address) + len(body)
