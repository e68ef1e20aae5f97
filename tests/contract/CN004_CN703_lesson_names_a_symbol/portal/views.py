from datetime import datetime, timezone

from portal.exports import enqueue_export, run_export_now


def download(request) -> dict[str, object]:
    name = run_export_now()  # want: CN004  # ok: CN703 a symbol of the workspace is CN004's
    return {"file": name, "at": datetime.utcnow()}  # want: CN703  # ok: CN004 no symbol of the workspace


def request_export(request) -> dict[str, object]:
    return {"position": enqueue_export(), "at": datetime.now(timezone.utc)}
