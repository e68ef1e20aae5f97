from typing import Any

from trackerapi.client import TrackerApi


def list_issues(api: TrackerApi, project: str) -> list[dict[str, Any]]:  # ok: CN001 a thin wrapper of another endpoint
    return api.get(f"/projects/{project}/issues", {"limit": 100})


def list_sprints(api: TrackerApi, project: str) -> list[dict[str, Any]]:  # ok: CN001 a thin wrapper of another endpoint
    return api.get(f"/projects/{project}/sprints", {"limit": 100})


def close_issue(api: TrackerApi, key: str) -> Any:  # ok: CN001 a thin wrapper of another endpoint
    return api.post(f"/issues/{key}/transitions", {"to": "closed"})


def reopen_issue(api: TrackerApi, key: str) -> Any:  # ok: CN001 a thin wrapper of another endpoint
    return api.post(f"/issues/{key}/transitions", {"to": "open"})
