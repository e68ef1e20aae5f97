"""The kiosk in the lobby sells what ticketing offers."""
import ticketing.seats  # ok: CN401 an allowed edge
from ticketing.render_text import render  # ok: CN401 an allowed edge


def welcome(name: str) -> str:
    return f"Welcome, {name}!\n{render()}"


def cheapest() -> str:
    return max(ticketing.seats.ROWS)


def poster(rigs) -> str:
    from stage import plan  # want: CN401

    return "\n".join(plan.plan(rigs, width=40))
