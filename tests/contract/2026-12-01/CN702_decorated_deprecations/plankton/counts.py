from collections import Counter

from typing_extensions import deprecated


def count_cells(labels: list[str]) -> Counter[str]:
    return Counter(label.lower() for label in labels)


def diversity(counts: Counter[str]) -> float:
    # TODO(OCEAN-77): update later to the new index  # ok: CN702 has a tracker id
    total = counts.total()
    return 1 - sum((n / total) ** 2 for n in counts.values()) if total else 0.0


@deprecated("use count_cells")
def tally(labels: list[str]) -> dict[str, int]:
    """Legacy shim around count_cells."""
    return dict(count_cells(labels))


class Net:
    mesh = 64
    # deprecated shim for the cruise scripts, drop it some day
    mesh_width = mesh

    def volume(self, metres: float) -> float:
        # TODO: use the flow meter  # ok: CN702 a plain wish
        return 0.25 * metres

    def is_deprecated(self, year: int) -> bool:  # ok: CN702 asks about a net, is no shim
        return year < 1998
