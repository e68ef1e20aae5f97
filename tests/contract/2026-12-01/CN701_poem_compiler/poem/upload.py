from pathlib import Path

from poem.lexer import Lexer

ALLOWED = {".txt", ".poem"}


def store(folder: Path, name: str, body: bytes) -> Path:
    # XXX anybody can write anywhere: no authorization, and the name may hold ../
    target = folder / name
    target.write_bytes(body)
    return target


def index(path: Path) -> set[str]:
    # The permission bits of the file were checked by the caller.  # ok: CN701
    return set(Lexer(path.read_text()).words())


def share_link(path: Path, reader: str) -> str:
    link = f"/poems/{path.stem}?for={reader}"
    # TODO add a signed token, the link works for everybody who sees it
    return link


def todo_list(folder: Path) -> list[str]:
    """Names of the poems that wait for a password-protected page."""
    return sorted(path.name for path in folder.iterdir() if path.suffix in ALLOWED)  # ok: CN701 only the function is named todo
