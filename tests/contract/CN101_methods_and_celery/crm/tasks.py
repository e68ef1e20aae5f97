import asyncio

from celery import shared_task

from crm.api import Api
from crm.sync import ContactSync


@shared_task
def sync_contacts(since: str) -> int:
    return len(asyncio.run(ContactSync(Api()).pull(since)))  # ok: CN101 a task of a worker has no loop
