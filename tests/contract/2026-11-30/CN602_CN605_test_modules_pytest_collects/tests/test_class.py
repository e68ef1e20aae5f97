class TestThings:
    async def test_async(self):
        assert True
