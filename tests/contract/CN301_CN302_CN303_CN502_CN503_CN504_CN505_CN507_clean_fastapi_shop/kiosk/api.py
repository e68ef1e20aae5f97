from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kiosk.database import get_session
from kiosk.models import Issue, Magazine
from kiosk.security import get_clerk

app = FastAPI()


class MagazineOut(BaseModel):
    title: str
    issues: list[int]


@app.get("/health")
def health() -> str:  # ok: CN504 a health route
    return "ok"


@app.get("/magazines")
def magazines(session: Session = Depends(get_session), clerk: str = Depends(get_clerk)) -> list[MagazineOut]:
    found = []
    for magazine in session.scalars(select(Magazine).options(selectinload(Magazine.issues))):
        numbers = [issue.number for issue in magazine.issues]  # ok: CN502 loaded with the query
        found.append(MagazineOut(title=magazine.title, issues=numbers))
    return found


@app.get("/magazines/{key}/issues")
def issues(key: int, session: Session = Depends(get_session), clerk: str = Depends(get_clerk)) -> list[int]:
    return list(session.scalars(select(Issue.number).where(Issue.magazine_id == key)))


@app.post("/magazines")
def add_magazine(title: str, session: Session = Depends(get_session), clerk: str = Depends(get_clerk)) -> int:
    magazine = Magazine(title=title)
    session.add(magazine)
    session.commit()
    return magazine.id


@app.delete("/magazines/{key}", status_code=204)
def remove(key: int, session: Session = Depends(get_session), clerk: str = Depends(get_clerk)) -> None:  # ok: CN503
    session.delete(session.get_one(Magazine, key))
    session.commit()
