import csv
from datetime import date
from typing import TextIO

from django.db.models import F, Sum

from orchard.models import Basket, Grower, Harvest, Plot


def picking_sheet(out: TextIO, day: date) -> None:
    writer = csv.writer(out)
    for harvest in Harvest.objects.filter(picked_on=day):
        writer.writerow([harvest.crates, harvest.plot.hectares])  # want: CN502


def growers_with_area(limit: int) -> list[tuple[str, int]]:
    rows = []
    growers = Grower.objects.order_by("name")[:limit]
    for grower in growers:
        rows.append((grower.name, grower.plots.count()))  # want: CN502
    return rows


def idle_plots() -> list[int]:
    return [plot.pk for plot in Plot.objects.all() if not plot.harvest_set.exists()]  # want: CN502


def owners_of_large_plots() -> set[str]:
    large = Plot.objects.filter(hectares__gte=5).select_related("grower")
    return {plot.grower.name for plot in large}  # ok: CN502 select_related


def yearly(year: int) -> dict[str, int]:
    totals: dict[str, int] = {}
    for grower in Grower.objects.prefetch_related("plots__harvest_set"):
        for plot in grower.plots.all():  # ok: CN502 prefetched
            crates = sum(h.crates for h in plot.harvest_set.all() if h.picked_on.year == year)  # ok: CN502 prefetched
            totals[grower.name] = totals.get(grower.name, 0) + crates
    return totals


def plot_keys(day: date) -> list[int]:
    return [harvest.plot_id for harvest in Harvest.objects.filter(picked_on=day)]  # ok: CN502 the key's own column


def weigh(baskets: list[Basket]) -> dict[str, int]:
    return {basket.plot: basket.weight for basket in baskets}  # ok: CN502 no model


def by_grower() -> list[str]:
    rows = Harvest.objects.values(who=F("plot__grower__name")).annotate(n=Sum("crates"))
    return [f"{row['who']}: {row['n']}" for row in rows]  # ok: CN502 dictionaries
