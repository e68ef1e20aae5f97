import json
import os
import pickle
import shutil


def decode(body: bytes) -> dict:
    return json.loads(body)  # ok: CN703 the correct form


def decode_partner(body: bytes) -> dict:
    return pickle.loads(body)  # want: CN703


def decode_own(body: bytes) -> dict:
    letter = pickle.loads(body)  # canonry: ignore[CN703] written by ourselves a line before  # ok: CN703 dismissed
    letter["seen"] = True
    return letter


def keep(path: str, folder: str) -> str:
    os.makedirs(folder, exist_ok=True)  # ok: CN703 prose of a lesson makes no check
    return shutil.move(path, folder)  # ok: CN703 prose of a lesson makes no check


def store(path: str, letter: dict) -> None:
    with open(path, "wb") as handle:
        pickle.dump(letter, handle)  # ok: CN703 another function of the module
