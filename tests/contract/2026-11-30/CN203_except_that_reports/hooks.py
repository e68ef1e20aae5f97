import contextlib
import sys
import traceback

import sentry_sdk


def notify(hook, event):  # ok: CN203 look-alikes
    try:
        hook(event)
    except Exception as error:
        sentry_sdk.capture_exception(error)
        return None


def show(widget):
    try:
        widget.draw()
    except Exception as error:
        print(f"cannot draw: {error}", file=sys.stderr)
        return False
    return True


def dump(widget):
    try:
        return widget.dump()
    except Exception:
        traceback.print_exc()
        return ""


def parse_port(text):
    try:
        return int(text)
    except ValueError:
        return 8080


def wrap(call):
    try:
        return call()
    except Exception as error:
        raise RuntimeError("call failed") from error


def close(handle):
    with contextlib.suppress(OSError, ValueError):
        handle.close()
