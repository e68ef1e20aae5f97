from __future__ import annotations

from collections.abc import Iterable

from vet.models import Visit


def export(write, day) -> int:
    """Write the visits of one day; returns how many."""
    visits = Visit.objects.filter(at__date=day).values("reason", "pet__name")
    count = 0
    for visit in visits:
        write(f"{visit['pet__name']};{visit['reason']}")  # ok: CN502 values() are dicts
        count += 1
    return count


def species_letters(visits: Iterable[dict]) -> str:
    return "".join(sorted({visit["species"][0] for visit in visits}))
