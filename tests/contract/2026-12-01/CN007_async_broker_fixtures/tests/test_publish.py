import pytest
import pytest_asyncio

from freight.broker import Broker


@pytest_asyncio.fixture(name="bus")
async def bus_fixture() -> Broker:  # want: CN007
    bus = Broker("freight")
    await bus.declare("loaded")
    await bus.declare("unloaded")
    await bus.declare("lost")
    return bus


@pytest_asyncio.fixture
async def busy_broker(broker: Broker) -> Broker:  # ok: CN007 builds on the one in scope
    await broker.publish("loaded", b"1")
    await broker.publish("loaded", b"2")
    return broker


def broker_body(number: int) -> bytes:  # ok: CN007 a helper, no fixture
    return f"wagon {number}".encode()


@pytest.mark.asyncio
async def test_publish_counts(bus: Broker) -> None:
    assert await bus.publish("loaded", broker_body(1)) == 1


@pytest.mark.asyncio
async def test_publish_goes_on(busy_broker: Broker) -> None:
    assert await busy_broker.publish("loaded", broker_body(3)) == 3
