import logging
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import sentry_sdk
from pydantic import BaseModel, ValidationError

logger = logging.getLogger("ehr")
UNKNOWN_DOSE = Decimal(0)

try:
    import hl7
except ImportError:  # ok: CN203 an import that may be missing
    hl7 = None


class Prescription(BaseModel):
    drug: str
    dose: Decimal


@dataclass
class Rejected:
    raw: dict
    reason: str


def to_prescription(raw: dict) -> Prescription | Rejected:
    try:
        return Prescription.model_validate(raw)
    except ValidationError as error:  # ok: CN203 narrow, and the reason is returned
        return Rejected(raw, str(error))


def dose_of(text: str) -> Decimal:
    try:
        number, _, unit = text.partition(" ")
        return Decimal(number) * (1000 if unit == "g" else 1)
    except Exception:  # want: CN203
        return UNKNOWN_DOSE


def weight_of(text: str) -> Decimal | None:
    try:
        return Decimal(text.removesuffix("kg"))
    except InvalidOperation:  # ok: CN203 narrow
        return None


def allergies(message) -> list[str]:
    try:
        return [str(segment[3]) for segment in message.segments("AL1")]
    except Exception as error:  # ok: CN203 sent to Sentry
        sentry_sdk.capture_exception(error)
        return []


class Bridge:
    def __init__(self, sink) -> None:
        self.sink = sink
        self.healthy = True

    def deliver(self, prescription: Prescription) -> bool:
        try:
            self.sink.send(prescription.model_dump_json())
            return True
        except BaseException:  # ok: CN203 put right and raised again
            self.healthy = False
            raise

    def close(self) -> None:
        try:
            self.sink.flush()
            self.sink.close()
        except Exception:  # want: CN203
            pass

    def status(self) -> str:
        try:
            return self.sink.status()
        except Exception:  # ok: CN203 logged with its traceback
            logger.exception("sink does not answer")
            return "unknown"
