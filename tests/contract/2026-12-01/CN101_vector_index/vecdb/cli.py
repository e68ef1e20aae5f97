import argparse
import asyncio

from vecdb.api import compact, open_index
from vecdb.store import ShardStore


def report(shard: str) -> None:
    store = ShardStore(shard)
    print(shard, store.size_on_disk())


async def _serve(shard: str) -> None:
    store = await open_index(shard)
    print(len(store.vectors))
    loop = asyncio.get_event_loop()
    loop.run_forever()  # want: CN101


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("shard")
    args = parser.parse_args()
    report(args.shard)
    asyncio.run(_serve(args.shard))  # ok: CN101 under __main__
    asyncio.run(compact([args.shard]))  # ok: CN101 under __main__
