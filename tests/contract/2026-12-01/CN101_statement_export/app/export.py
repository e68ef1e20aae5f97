import asyncio
import zlib

from app import ledger


def build_statement(account_id: int) -> str:
    lines = _collect(account_id)
    target = f"/var/statements/{account_id}.txt"
    with open(target, "w", encoding="utf-8") as out:
        out.write("\n".join(lines))
    return target


def _collect(account_id: int) -> list[str]:
    return asyncio.run(ledger.fetch_lines(account_id))  # want: CN101


def render_archive(account_id: int) -> str:
    total = asyncio.run(ledger.fetch_total(account_id))  # ok: CN101 only ever sent to a thread
    return zlib.compress(str(total).encode()).hex()
