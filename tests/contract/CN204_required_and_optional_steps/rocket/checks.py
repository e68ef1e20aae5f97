import logging
import sys

log = logging.getLogger(__name__)

OPTIONAL_SENSORS = ["camera", "microphone"]
REQUIRED_SENSORS = ["pressure", "temperature"]


def check_sensors(board) -> None:
    for name in OPTIONAL_SENSORS:
        if not board.has(name):
            raise RuntimeError(f"{name} is missing")  # want: CN204
    for name in REQUIRED_SENSORS:
        if not board.has(name):
            raise RuntimeError(f"{name} is missing")  # ok: CN204 it is required


def load_required_profile(path):
    try:
        return path.read_text()
    except OSError:
        log.warning("no profile at %s", path)  # want: CN204
        return None


def load_optional_profile(path):
    try:
        return path.read_text()
    except OSError:
        log.info("no profile at %s", path)  # ok: CN204 it is optional
        return None


def start(board) -> None:
    non_critical_ready = board.ping("telemetry")
    if not non_critical_ready:
        log.error("no telemetry")
        sys.exit(1)  # want: CN204


def stop(board, optional: bool) -> None:
    if not board.ping("brake"):
        if not optional:
            raise RuntimeError("no brake")  # ok: CN204 a negated test
        log.warning("no brake")
