import asyncio

from django.core.management.base import BaseCommand


async def purge(days: int) -> int:
    await asyncio.sleep(0)
    return days


class Command(BaseCommand):
    def handle(self, *args: object, **options: object) -> None:
        removed = asyncio.run(purge(90))  # ok: CN101 a command line entry
        self.stdout.write(f"{removed} removed")
