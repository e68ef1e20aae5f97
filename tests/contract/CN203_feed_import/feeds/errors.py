class FeedError(Exception):
    """A feed that cannot be had."""
