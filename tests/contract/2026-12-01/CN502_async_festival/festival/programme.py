from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, contains_eager, subqueryload

from festival.tables import Show, Stage


async def printed_programme(session: AsyncSession) -> list[str]:
    result = await session.execute(select(Show).where(Show.artist.is_not(None)))
    return [f"{show.artist} ({show.stage.label})" for show in result.scalars()]  # want: CN502


def busiest(session: Session, least: int) -> list[str]:
    labels = []
    for stage in session.query(Stage).order_by(Stage.label).all():
        if len(stage.shows) >= least:  # want: CN502
            labels.append(stage.label)
    return labels


def poster(session: Session) -> str:
    text = ""
    for stage in session.query(Stage).options(subqueryload(Stage.shows)):
        text += stage.label + ": " + ", ".join(s.artist for s in stage.shows) + "\n"  # ok: CN502 subqueryload is eager too
    return text


async def evening(session: AsyncSession, label: str) -> dict[str, str]:
    statement = select(Show).join(Show.stage).where(Stage.label == label).options(contains_eager(Show.stage))
    plan = {}
    for show in (await session.scalars(statement)).all():
        plan[show.artist] = show.stage.label  # ok: CN502 contains_eager takes it from the join
    return plan


def banners(session: Session) -> list[str]:
    return [stage.sponsor.brand for stage in session.scalars(select(Stage))]  # ok: CN502 lazy="joined" in the model


def artists_and_labels(session: Session) -> list[str]:
    pairs = session.execute(select(Show.artist, Stage.label).join_from(Show, Stage, Show.stage_id == Stage.id))
    return [f"{row.artist} @ {row.label}" for row in pairs]  # ok: CN502 columns of a joined select
