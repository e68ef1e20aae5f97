import logging
from typing import Iterator

import structlog

log = structlog.get_logger()
audit = logging.getLogger("warehouse.audit")

try:
    import orjson as codec
except ImportError:  # ok: CN201 the other module answers it
    audit.debug("orjson is not installed")
    import json as codec


class StockSync:
    def __init__(self, shelf: dict[str, int]) -> None:
        self.shelf = shelf
        self.logger = logging.getLogger("warehouse.sync")
        self.failed: list[str] = []

    def apply(self, payload: bytes) -> bool:
        try:
            change = codec.loads(payload)
            self.shelf[change["sku"]] += change["delta"]
        except Exception:  # want: CN201
            self.logger.debug("change not applied")
            return False
        return True

    def reserve(self, sku: str, pieces: int) -> int:
        taken = 0
        try:
            taken = min(self.shelf[sku], pieces)
            self.shelf[sku] -= taken
        except Exception as problem:  # want: CN201
            log.info("reserve failed", sku=sku, problem=str(problem))
        return taken

    def recount(self, sku: str, counted: int) -> None:
        try:
            self.shelf.update({sku: counted})
        except Exception:  # ok: CN201 logged as a warning too
            self.logger.debug("recount of %s", sku)
            self.logger.warning("recount failed", exc_info=True)

    def next_delivery(self, deliveries: Iterator[str]) -> str | None:
        try:
            return next(deliveries)
        except StopIteration:  # ok: CN201 the end of the deliveries
            self.logger.debug("no delivery left")
            return None

    def write_off(self, sku: str) -> None:
        try:
            del self.shelf[sku]
        except Exception as problem:  # ok: CN201 an error by level number
            self.logger.log(logging.ERROR, "write-off of %s failed: %r", sku, problem)

    def export(self, path: str) -> int:
        try:
            with open(path, "wb") as out:
                return out.write(codec.dumps(self.shelf))
        except Exception:  # want: CN201
            self.logger.log(logging.DEBUG, "no export to %s", path)
        return 0
