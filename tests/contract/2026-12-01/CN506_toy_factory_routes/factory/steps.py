from factory.celery_app import app


@app.task
def saw(planks: int) -> int:
    return planks * 4


@app.task
def glue(parts: int) -> int:
    return parts // 2


@app.task
def paint(colour: str, toys: int) -> str:
    return f"{toys} x {colour}"


@app.task
def dry(minutes: int) -> bool:
    return minutes > 20


@app.task(queue="packing", soft_time_limit=30)  # want: CN506
def pack(toys: int, per_box: int = 12) -> int:
    return -(-toys // per_box)


class Conveyor:
    def __init__(self, queue: str = "belt") -> None:  # ok: CN506 no Celery queue
        self.queue = queue


BELT = Conveyor(queue="north-belt")  # ok: CN506 no Celery queue
