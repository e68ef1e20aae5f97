from forecast.app import application


@application.task(acks_late=True)
def train(region: str, days: int) -> float:
    return len(region) / days


@application.task
def backfill(region: str) -> None:
    train.delay(region, 365)


@application.task
def publish(region: str, megawatts: float) -> str:
    return f"{region}={megawatts:.1f}"


@application.task(
    queue="alerts",  # want: CN506
    rate_limit="10/m",
)
def warn(region: str) -> str:
    return f"shortage in {region}"


@application.task(queue="weather", expires=600)  # ok: CN506 the shell script starts a worker for it
def fetch_weather(region: str) -> dict[str, float]:
    return {region: 0.0}
