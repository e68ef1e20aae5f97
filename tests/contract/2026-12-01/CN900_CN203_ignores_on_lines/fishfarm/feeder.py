import logging

log = logging.getLogger(__name__)


def read_level(port) -> float | None:
    try:
        return float(port.readline())
    except Exception:  # canonry: ignore[CN203] a silo without a gauge has no level  # ok: CN203 ignored
        return None


def read_weight(port) -> float | None:
    try:
        return float(port.readline()) / 10
    except Exception:  # canonry: ignore[CN101] the scale may be off
        return None


def feed(port, grams: int) -> None:
    try:
        port.write(b"F%05d\r" % grams)
    except OSError:  # canonry: ignore[CN203] the feeder blocks now and then
        log.exception("feeder did not answer")
        raise


def stop(port) -> None:
    """A handler may say `# canonry: ignore[CN203]` and a reason."""  # ok: CN900 a docstring, no comment of its own
    port.write(b"S\r")


HELP = "append '# canonry: ignore[CN203] reason' to the line"  # ok: CN900 a string
