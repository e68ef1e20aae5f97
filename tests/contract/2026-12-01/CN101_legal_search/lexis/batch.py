import sys

from lexis.embed import Embedder


def run(embedder: Embedder) -> None:
    lines = sys.stdin.read().splitlines()
    for line, vector in zip(lines, embedder.embed_many(lines)):
        print(line, vector[:3])
