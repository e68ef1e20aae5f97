"""What the wholesalers' systems send us."""
import hashlib
import json

from flask import Blueprint, Response, request

hooks = Blueprint("hooks", __name__)


@hooks.post("/hooks/stock")
def stock_changed() -> Response:
    payload = json.loads(request.data)  # TODO: check the token of the sender before reading
    # TODO: answer 202 when the batch is larger than a pallet  # ok: CN701
    return Response(f"{len(payload)} articles", mimetype="text/plain")


def digest(prescription: str) -> str:
    # FIXME patient names go out in the clear, encryption is missing
    return hashlib.sha256(prescription.encode()).hexdigest()


def may_dispense(role: str, schedule: int) -> bool:
    """Whether this role may hand out drugs of the schedule.

    XXX: the permission of trainees is not looked at yet.
    """
    return role == "pharmacist" or schedule > 3
