import asyncio
import json
import os
import traceback
from pathlib import Path


def load_slot(folder: Path, number: int) -> dict:
    try:
        return json.loads((folder / f"slot{number}.json").read_text())
    except Exception:  # want: CN203
        return {}


def slot_exists(folder: Path, number: int) -> bool:
    try:
        os.stat(folder / f"slot{number}.json")
    except FileNotFoundError:  # ok: CN203 the question itself
        return False
    return True


def migrate(save: dict) -> dict:
    for step in (_add_inventory, _rename_hero):
        try:
            save = step(save)
        except Exception:  # ok: CN203 the traceback is printed
            traceback.print_exc()
    return save


def _add_inventory(save: dict) -> dict:
    return {"inventory": [], **save}


def _rename_hero(save: dict) -> dict:
    save["hero"] = save.pop("player", "nobody")
    return save


async def autosave(slot: Path, snapshots: "asyncio.Queue[dict]") -> None:
    while True:
        try:
            snapshot = await snapshots.get()
            slot.write_text(json.dumps(snapshot))
        except asyncio.CancelledError:  # ok: CN203 the way such a task ends
            return
        except Exception:  # want: CN203
            ...


def upload(cloud, slot: Path, done: asyncio.Future) -> None:
    try:
        done.set_result(cloud.put(slot.name, slot.read_bytes()))
    except Exception as error:  # ok: CN203 the future carries the error
        done.set_exception(error)


def play_time(save: dict) -> float:
    try:
        return sum(session["end"] - session["start"] for session in save["sessions"])
    except (KeyError, TypeError):  # ok: CN203 narrow types
        return 0.0


def best_score(saves: list[dict]) -> int | None:
    best = None
    for save in saves:
        try:
            best = max(best or 0, int(save["score"]))
        except:  # want: CN203
            pass
    return best
