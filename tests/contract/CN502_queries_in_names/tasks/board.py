from sqlalchemy.orm import Session, joinedload

from tasks.models import Project, Ticket


def board(session: Session) -> list[str]:
    tickets = session.query(Ticket).filter(Ticket.title != "").all()
    return [f"{ticket.project.name}: {ticket.title}" for ticket in tickets]  # want: CN502


def quick_board(session: Session) -> list[str]:
    query = session.query(Ticket).options(joinedload(Ticket.project))
    return [f"{ticket.project.name}: {ticket.title}" for ticket in query.all()]  # ok: CN502 joined


def sizes(session: Session) -> dict[str, int]:
    found: dict[str, int] = {}
    for project in session.query(Project):
        if project.name:
            found[project.name] = len(project.tickets)  # want: CN502
    return found
