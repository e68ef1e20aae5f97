import os


def share_link(report: int) -> str:
    token = os.environ["SHARE_LINK_TOKEN"]
    return f"https://reports.example.com/{report}?t={token}"
