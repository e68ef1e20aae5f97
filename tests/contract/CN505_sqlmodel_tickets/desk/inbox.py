from sqlalchemy import select

from desk.models import Agent, Reply, Ticket


async def inbox(session, agent: int):
    return await session.scalars(select(Ticket).join(Agent, Ticket.agent_id == Agent.id).where(Agent.id == agent))


async def replies(session, ticket: int):
    return await session.scalars(select(Reply).where(Reply.ticket_id == ticket))
