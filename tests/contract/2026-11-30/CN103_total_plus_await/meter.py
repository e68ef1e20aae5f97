from collections.abc import AsyncIterator


class UsageMeter:
    """Counts the bytes that tenants send."""

    def __init__(self, billing) -> None:
        self._billing = billing
        self.total_bytes = 0
        self.requests = 0

    async def record(self, stream: AsyncIterator[bytes]) -> None:
        self.requests += 1
        async for chunk in stream:
            self.total_bytes += await self._billing.weigh(chunk)  # want: CN103

    async def reset(self) -> None:
        await self._billing.flush()
        self.requests = 0
