"""Geocoding over the partner's API."""
import httpx

_client = httpx.AsyncClient(base_url="https://geo.example.com", timeout=5.0)  # want: CN102


async def geocode(address: str) -> tuple[float, float]:
    response = await _client.get("/search", params={"q": address})
    response.raise_for_status()
    hit = response.json()[0]
    return float(hit["lat"]), float(hit["lon"])


async def reverse(lat: float, lon: float) -> str:
    response = await _client.get("/reverse", params={"lat": lat, "lon": lon})
    return response.json()["display_name"]
