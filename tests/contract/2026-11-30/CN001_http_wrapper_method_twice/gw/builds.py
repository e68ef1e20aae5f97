import logging

import requests

from gw.http import ApiError

log = logging.getLogger(__name__)


def fetch_api_json(endpoint, query=None, bearer=None, timeout=10.0):  # want: CN001
    """Fetch JSON from an endpoint with a bearer token."""
    request_headers = {"Accept": "application/json"}
    if bearer:
        request_headers["Authorization"] = f"Bearer {bearer}"
    resp = requests.get(endpoint, params=query, headers=request_headers, timeout=timeout)
    if not resp.ok:
        log.error("%s returned %s", endpoint, resp.status_code)
        raise ApiError(f"{endpoint}: {resp.status_code}")
    return resp.json()


def builds(project: str, token: str) -> dict:
    return fetch_api_json(f"https://ci.test/{project}/builds", bearer=token)
