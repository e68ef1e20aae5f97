import argparse
import asyncio
import json
import sys

from crawler.crawl import crawl


def main() -> int:
    parser = argparse.ArgumentParser(prog="crawler")
    parser.add_argument("start")
    parser.add_argument("--limit", type=int, default=50)
    arguments = parser.parse_args()
    try:
        graph = asyncio.run(crawl(arguments.start, arguments.limit))  # ok: CN101 the program's own loop
    except KeyboardInterrupt:  # ok: CN203
        return 130
    json.dump(graph, sys.stdout, indent=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
