from railinfo.fares import Ticket


def senior_price(ticket: Ticket) -> int:
    return ticket.reduced(25)
