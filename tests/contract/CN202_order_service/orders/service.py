import logging

logger = logging.getLogger(__name__)


class OrderService:
    def __init__(self, store, mailer) -> None:
        self.store, self.mailer = store, mailer

    def place(self, order: dict) -> bool:
        try:
            self.store.insert(order)
        except Exception as e:
            logger.error(f"Failed to place the order: {e}")  # want: CN202
            return False
        return True

    def confirm(self, order: dict) -> None:
        try:
            self.mailer.send(order["customer"], "confirmed")
        except Exception as exc:
            logger.error("cannot send: %s", exc)  # want: CN202

    def cancel(self, number: str) -> None:
        try:
            self.store.delete(number)
        except Exception as exc:
            logger.critical("cannot cancel: " + str(exc))  # want: CN202

    def ship(self, number: str) -> None:
        try:
            self.store.update(number, shipped=True)
        except Exception as exc:
            logger.error("cannot ship: %s", exc, exc_info=True)  # ok: CN202 has the traceback

    def pay(self, number: str) -> None:
        try:
            self.store.update(number, paid=True)
        except Exception as exc:
            logger.exception(f"cannot pay: {exc}")  # ok: CN202 logger.exception

    def archive(self, number: str) -> None:
        try:
            self.store.move(number, "archive")
        except Exception as exc:
            logger.error(f"cannot archive: {exc}")  # ok: CN202 raised again below
            raise

    def touch(self, number: str) -> None:
        try:
            self.store.update(number)
        except Exception as exc:
            logger.warning(f"cannot touch: {exc}")  # ok: CN202 a warning is not meant
