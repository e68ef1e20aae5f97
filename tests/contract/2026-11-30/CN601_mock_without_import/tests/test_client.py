import pytest


class TestClient:
    def setup_method(self):
        self.transport = Mock()  # want: CN601

    def test_get(self):
        self.transport.get.return_value = 3
        assert self.transport.get() == 3

    @pytest.mark.asyncio
    async def test_async(self):
        call = AsyncMock(return_value=1)  # want: CN601
        assert await call() == 1

    def test_patched(self):
        with patch("os.getcwd", return_value="/"):  # want: CN601
            import os

            assert os.getcwd() == "/"
