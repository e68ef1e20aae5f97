from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Session

from arena.sessions import ladder_session, match_session, player_session

router = APIRouter(prefix="/arena")
Match = Annotated[Session, Depends(match_session)]


@router.get("/matches/{match}")
def winner(match: int, db: Match) -> str:
    return db.execute(text("select winner from match where id = :id"), {"id": match}).scalar_one()


@router.get("/ladder")
async def ladder(db: Annotated[AsyncSession, Depends(ladder_session)]) -> list[str]:
    return list(await db.scalars(text("select name from ladder order by place")))


@router.delete("/players/{player}")
def ban(player: str, db: Session = Depends(player_session)) -> str:
    db.execute(text("update player set banned = true where name = :name"), {"name": player})
    db.commit()
    return player
