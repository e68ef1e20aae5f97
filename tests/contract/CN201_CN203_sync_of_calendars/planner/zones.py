try:
    import zoneinfo
except ImportError:  # ok: CN203 an import that may lack
    zoneinfo = None


def next_of(events):
    try:
        return next(events)
    except StopIteration:  # ok: CN201 the end is expected
        return None
