from sqlalchemy import text

from school.marks import mean


def test_mean_of_stored_marks(classroom):
    classroom.execute(text("insert into mark values ('Ada', 1), ('Bert', 3)"))
    assert mean(classroom.scalars(text("select value from mark"))) == 2.0


async def test_gradebook_answers(gradebook):
    assert await gradebook.scalar(text("select 1")) == 1


def test_nobody_has_no_mean(pupils):
    assert mean([]) == 0.0
    assert len(pupils) == 2
