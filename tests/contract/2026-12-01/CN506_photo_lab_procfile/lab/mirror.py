"""The print partner runs RQ, not Celery."""
from redis import Redis
from rq.decorators import job


def partner(connection: Redis):
    @job(queue="partner-prints", connection=connection)  # ok: CN506 an RQ queue
    def hand_over(path: str) -> str:
        return path.upper()

    return hand_over
