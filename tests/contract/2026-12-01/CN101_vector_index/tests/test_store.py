import asyncio

from vecdb.api import compact


def test_compact_counts_every_shard():
    assert asyncio.run(compact(["abcdefgh"])) == [2]  # ok: CN101 a sync test
