from unittest.mock import AsyncMock, MagicMock, patch  # noqa: F401


class MagicStock(MagicMock):
    """A stock exchange that answers everything."""
