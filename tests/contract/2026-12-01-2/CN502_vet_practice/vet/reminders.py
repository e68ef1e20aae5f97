"""Reminders of the yearly check."""
from __future__ import annotations

from vet.models import Owner, Pet, Visit


def yearly_reminders(year: int) -> list[tuple[str, str]]:
    reminders = []
    for pet in Pet.objects.filter(born__year__lt=year).exclude(visits__at__year=year):
        reminders.append((pet.owner.phone, f"{pet.name} is due"))  # want: CN502
    return reminders


def species_table() -> dict[str, str]:
    pets = Pet.objects.select_related("species", "owner")
    return {pet.name: pet.species.label for pet in pets}  # ok: CN502 select_related


def owners_without_phone() -> list[str]:
    lines = []
    for owner in Owner.objects.filter(phone=""):
        names = ", ".join(pet.name for pet in owner.pets.all())  # want: CN502
        lines.append(f"{owner.name} ({names})")
    return lines


def visits_per_pet() -> dict[str, int]:
    counts = {}
    for pet in Pet.objects.prefetch_related("visits"):
        counts[pet.name] = len(pet.visits.all())  # ok: CN502 prefetched
    return counts


def owner_ids() -> set[int]:
    found = set()
    for pet in Pet.objects.all():
        found.add(pet.owner_id)  # ok: CN502 the column, no load
    return found


def visit_rows(day) -> list[list[str]]:
    rows = []
    for visit in Visit.objects.filter(at__date=day).select_related("pet__owner"):
        rows.append([visit.pet.name, visit.pet.owner.name, visit.reason])  # ok: CN502 both are joined
    return rows
