from sqlalchemy import select

from .tables import Agent, Team, Ticket


def agents_per_team(session):
    return session.execute(select(Team, Agent).join(Agent, Agent.team_id == Team.id)).all()


def tickets(session, agent_id: int):
    return session.query(Ticket).filter_by(agent_id=agent_id).count()
