"""Feeds of the shop."""
import tempfile


# TODO: remove the old feed after 2031-01-31
def old_feed(items):  # ok: CN702 future date, tracker, plain words
    return list(items)


# Temporary until SHOP-881 is done
def feed(items):
    return [item for item in items if item.price]


# Writes to a temporary folder until the upload is done
def write(items):
    with tempfile.TemporaryDirectory() as folder:
        return folder


def later(items):
    """Items to show later."""
    return items
