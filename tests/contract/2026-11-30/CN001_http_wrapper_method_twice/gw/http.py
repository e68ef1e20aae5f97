import logging

import requests

logger = logging.getLogger(__name__)


class ApiError(Exception):
    pass


def get_json(url: str, params: dict | None = None, token: str | None = None, timeout: float = 10.0) -> dict:
    """GET a URL and return its JSON; raises ApiError for other than 2xx."""
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    response = requests.get(url, params=params, headers=headers, timeout=timeout)
    if not response.ok:
        logger.error("%s answered %s", url, response.status_code)
        raise ApiError(f"{url}: {response.status_code}")
    return response.json()
