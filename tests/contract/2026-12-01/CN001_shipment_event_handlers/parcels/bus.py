from collections.abc import Callable

HANDLERS: dict[str, Callable] = {}


def handles(kind: str) -> Callable[[Callable], Callable]:
    def register(func: Callable) -> Callable:
        HANDLERS[kind] = func
        return func

    return register
