import asyncio

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool

from app.export import build_statement, render_archive
from app import ledger as books

router = APIRouter()


@router.post("/accounts/{account_id}/statement")
async def create_statement(account_id: int) -> dict[str, str]:
    path = build_statement(account_id)
    return {"path": path}


@router.post("/accounts/{account_id}/archive")
async def create_archive(account_id: int) -> dict[str, str]:
    blob = await asyncio.to_thread(render_archive, account_id)
    size = await run_in_threadpool(books.balance_sheet_size, account_id)
    return {"blob": blob, "size": str(size)}


@router.get("/accounts/{account_id}/totals")
def read_totals(account_id: int) -> dict[str, str]:
    cents = asyncio.run(books.fetch_total(account_id))  # ok: CN101 a sync route runs in the thread pool
    return {"cents": str(cents)}
