import asyncio

from celery import shared_task

from clinic.reminders import send_sms, pending_visits


@shared_task
def remind_patients() -> int:
    visits = asyncio.run(pending_visits())  # ok: CN101 a worker task, no coroutine calls it
    return len(visits)


@shared_task
def remind_one(visit_id: int) -> None:
    asyncio.run(send_sms(visit_id, "Your visit is tomorrow"))  # ok: CN101 only queued with delay()
