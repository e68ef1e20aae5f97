import asyncio
import sys

from reporting.fetching import fetch_all


def main(arguments: list[str]) -> int:
    print(asyncio.run(fetch_all(arguments)))  # ok: CN101 the program's own loop
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
