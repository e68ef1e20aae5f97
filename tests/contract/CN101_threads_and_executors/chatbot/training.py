import asyncio

from chatbot.models import load_models


def retrain() -> None:
    asyncio.run(load_models("all"))  # ok: CN101 only an executor calls it


def retrain_from_scratch() -> None:
    asyncio.run(load_models("none"))  # ok: CN101 only another process calls it


def watch_models() -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(load_models("changed"))  # ok: CN101 a thread's target
    loop.close()


def warm_up(letter: str) -> None:
    prepare_cache(letter)


def prepare_cache(letter: str) -> None:
    loop = asyncio.new_event_loop()
    loop.run_until_complete(load_models(letter))  # want: CN101 warm_up
