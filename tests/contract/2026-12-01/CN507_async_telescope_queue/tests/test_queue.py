from collections.abc import AsyncIterator

import pytest
from httpx import ASGITransport, AsyncClient

from telescope.server import NIGHT, app


@pytest.fixture
async def http() -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://telescope") as bound:
        yield bound


@pytest.mark.anyio
async def test_targets(http: AsyncClient):
    assert (await http.get("/targets")).json() == list(NIGHT)  # ok: CN507 served


@pytest.mark.anyio
async def test_put(http: AsyncClient):
    answer = await http.put("/targets/m42", params={"filters": "R,B"})  # ok: CN507 served
    assert answer.json() == ["R", "B"]


@pytest.mark.anyio
async def test_exposure(http: AsyncClient):
    answer = await http.post("/target/m31/exposures", params={"seconds": 30})  # want: CN507
    assert answer.json() == 60


@pytest.mark.anyio
async def test_delete_target(http: AsyncClient):
    gone = await http.delete("/targets/m31")  # want: CN507
    assert gone.is_success


@pytest.mark.anyio
async def test_docs(http: AsyncClient):
    page = await http.get("/docs")  # ok: CN507 FastAPI's own page
    assert "swagger" in page.text.lower()


@pytest.mark.anyio
async def test_catalogue_is_external():
    async with AsyncClient(base_url="https://simbad.example") as simbad:
        assert (await simbad.get("/objects/m31")).is_success  # ok: CN507 an external host


def test_night_has_no_such_key():
    assert NIGHT.get("/targets/none") is None  # ok: CN507 a dictionary


@pytest.mark.anyio
async def test_weather_is_gone(http: AsyncClient):
    response = await http.get("/weather")  # ok: CN507 expects 404
    assert response.status_code == 404
