from audit.log import note  # ok: CN403 audit imports nothing back
from users.directory import name_of  # want: CN403


def welcome(address: str) -> None:
    note(f"Welcome, {name_of(address)}")
