from sqlalchemy import Connection, delete, select

from choir.db import folders, loans, scores, singers


def works_of(conn: Connection, composer: int) -> list[str]:
    return list(conn.scalars(select(scores.c.title).where(scores.c.composer_id == composer)))


def catalogue(conn: Connection) -> list[str]:
    return list(conn.scalars(select(scores.c.title).order_by(scores.c.arranger_id, scores.c.title)))


def borrowed_by_voice(conn: Connection, voice: str) -> set[int]:
    both = loans.join(singers, loans.c.singer_id == singers.c.id)
    return set(conn.scalars(select(loans.c.score_id).select_from(both).where(singers.c.voice == voice)))


def hand_in(conn: Connection, score: int) -> int:
    return conn.execute(delete(loans).where(loans.c.score_id == score)).rowcount


def empty_folders(conn: Connection) -> list[int]:
    filled = select(loans).where(loans.c.folder_id == folders.c.id).exists()
    return list(conn.scalars(select(folders.c.id).where(~filled)))
