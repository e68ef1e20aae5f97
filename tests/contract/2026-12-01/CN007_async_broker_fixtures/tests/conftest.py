import pytest_asyncio

from freight.broker import Broker


@pytest_asyncio.fixture
async def broker() -> Broker:
    made = Broker("freight")
    await made.declare("loaded")
    await made.declare("unloaded")
    await made.declare("lost")
    return made
