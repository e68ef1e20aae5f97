import random


def draw(generator: random.Random) -> float:
    return generator.random()  # ok: CN703 the correct form


def quick_draw() -> float:
    return random.random()  # want: CN703


def choose(names: list[str]) -> str:
    return random.choice(names)  # ok: CN703 no lesson speaks of it
