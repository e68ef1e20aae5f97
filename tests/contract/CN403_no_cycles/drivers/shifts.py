from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.plan import plan  # ok: CN403 for type checkers only


def free(day: str, using: "type[plan] | None" = None) -> list[str]:
    return [f"{day}-ann"]
