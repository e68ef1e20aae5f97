try:
    import blake3
except ImportError:  # ok: CN203 an optional dependency
    blake3 = None


def first(names) -> str | None:
    try:
        return next(iter(names))
    except StopIteration:  # ok: CN203 the end is expected
        return None


async def drain(queue) -> None:
    try:
        await queue.join()
    except Exception:  # want: CN203
        pass
