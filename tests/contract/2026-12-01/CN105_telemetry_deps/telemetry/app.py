from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from telemetry import deps

app = FastAPI()


@app.post("/points/{series}")
async def store_point(series: str, value: float, db: AsyncSession = Depends(deps.point_session)) -> float:
    await db.execute(text("insert into point values (:series, now(), :value)"), {"series": series, "value": value})
    return value


@app.get("/series/{series}")
async def newest(series: str, db: AsyncSession = Depends(deps.replica_session)) -> float | None:
    return await db.scalar(text("select value from point where series = :series limit 1"), {"series": series})


@app.delete("/alarms/{alarm}")
async def silence(alarm: int, db: AsyncSession = Depends(deps.alarm_session)) -> int:
    await db.execute(text("delete from alarm where id = :alarm"), {"alarm": alarm})
    return alarm
