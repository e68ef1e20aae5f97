"""The ledger's API, with an ASGI client for the batch job."""
from __future__ import annotations

from fastapi import FastAPI
from pydantic import BaseModel

api = FastAPI()
BOOK: dict[str, int] = {}


class Entry(BaseModel):
    account: str
    cents: int


@api.post("/entries", response_model=Entry)
async def post_entry(entry: Entry):
    BOOK[entry.account] = BOOK.get(entry.account, 0) + entry.cents
    return entry


@api.get("/accounts/{account}/balance", response_model=Entry)
async def balance(account: str):
    return Entry(account=account, cents=BOOK.get(account, 0))


@api.get("/files/{path:path}", response_model=list[str])
async def files(path: str):
    return path.split("/")
