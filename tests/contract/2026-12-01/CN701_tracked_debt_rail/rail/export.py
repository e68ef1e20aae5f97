import csv
from typing import TextIO

from rail.tickets import Ticket


def export(tickets: list[Ticket], out: TextIO) -> int:
    """Write the day's tickets. TODO RAIL-901: leave out the holder's secret number."""
    writer = csv.writer(out)
    for ticket in tickets:
        writer.writerow([ticket.holder, ticket.valid_on])  # TODO: quote only where needed  # ok: CN701
    return len(tickets)
