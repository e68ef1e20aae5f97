from sqlalchemy import and_, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from school import orm
from school.orm import Course, Enrolment, Teacher


async def languages(db: AsyncSession) -> list[str]:
    rows = await db.execute(select(Teacher.language).outerjoin(Course, Course.teacher_id == Teacher.id).distinct())
    return [language for (language,) in rows]


async def stands_in(db: AsyncSession, teacher: int) -> bool:
    return bool(await db.scalar(select(exists().where(orm.Course.substitute_id == teacher))))


async def books(db: AsyncSession, room: int) -> list[int | None]:
    return list(await db.scalars(select(Course.book_id).where(Course.room_id == room)))


async def undo_placements(db: AsyncSession, teacher: int, course: int) -> None:
    mine = and_(Enrolment.placed_by_id == teacher, Enrolment.course_id == course)
    await db.execute(delete(Enrolment).where(mine))
