import asyncio
import logging
from pathlib import Path

log = logging.getLogger(__name__)

try:
    import orjson as json
except ImportError:
    log.debug("orjson is not there, using json")
    import json


class Store:  # ok: CN201 expected exceptions, warning beside debug, re-raised
    def __init__(self, folder: Path):
        self.folder = folder
        self.values = {}

    def read(self, name: str) -> str:
        try:
            return (self.folder / name).read_text()
        except FileNotFoundError:
            log.debug("no %s yet", name)
            return ""

    def get(self, key: str, default=None):
        try:
            return self.values[key]
        except KeyError:
            log.debug("%s is not set", key)
            return default

    async def watch(self, queue):
        try:
            while True:
                key, value = await queue.get()
                self.values[key] = value
        except asyncio.CancelledError:
            log.debug("watch ends")
            raise

    def save(self, name: str, text: str) -> bool:
        try:
            (self.folder / name).write_text(text)
        except OSError as error:
            log.debug("details: %r", error)
            log.warning("could not save %s", name)
            return False
        return True

    def first(self, items):
        try:
            return next(iter(items))
        except StopIteration:
            log.debug("empty")
            return None
