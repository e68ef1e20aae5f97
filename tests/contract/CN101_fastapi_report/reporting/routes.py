import asyncio

from fastapi import APIRouter

from reporting.building import build_large_report, build_report
from reporting.fetching import fetch_all

router = APIRouter(prefix="/reports")


@router.get("/small")
async def small_report(source: str) -> str:
    return build_report([source])


@router.get("/large")
async def large_report(source: str) -> str:
    return await asyncio.to_thread(build_large_report, [source])


@router.get("/raw")
async def raw(source: str) -> list[str]:
    return asyncio.run(fetch_all([source]))  # want: CN101
