async def pages(session, size: int):
    offset = 0
    while rows := await session.scalars(f"select * from post limit {size} offset {offset}"):
        yield rows  # ok: CN105 rows, no session
        offset += size
