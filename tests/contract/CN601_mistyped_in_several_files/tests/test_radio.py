from depot.truck import Truck


def test_mocked():
    radio = MagicMock()  # want: CN601
    Truck(radio).arrive()


async def test_async():
    radio = AsyncMock()  # want: CN601
    await radio.say("x")
