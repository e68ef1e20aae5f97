from vecdb.store import ShardStore as Store

__all__ = ["Store"]
