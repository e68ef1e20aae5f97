import httpx
import pytest
from courier.main import app


@pytest.mark.anyio
async def test_routes():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://courier.test") as client:
        assert (await client.get("/routes")).json() == []  # ok: CN507 served


@pytest.mark.anyio
async def test_stops():
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://courier.test") as client:
        assert (await client.get("/routes/north/stop")).json() == ["north"]  # want: CN507


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["north", "south"])
async def test_all_stops(name):
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://courier.test") as client:
        path = "/".join(["", "routes", name, "halts"])
        assert (await client.get(path)).status_code  # ok: CN507 no literal
