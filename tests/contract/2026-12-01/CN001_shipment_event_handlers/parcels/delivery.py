import logging

from parcels.bus import handles

log = logging.getLogger(__name__)


@handles("parcel.delivered")
def on_delivered(event: dict, session) -> None:  # ok: CN001 handler of one family, another event
    parcel = session.parcel(event["parcel_id"])
    if parcel is None:
        log.warning("delivered: unknown parcel %s", event["parcel_id"])
        return
    parcel.status = "delivered"
    parcel.delivered_at = event["at"]
    parcel.signed_by = event.get("signed_by")
    session.commit()


@handles("parcel.refused")
def on_refused(event: dict, session) -> None:  # ok: CN001 handler of one family, another event
    parcel = session.parcel(event["parcel_id"])
    if parcel is None:
        log.warning("refused: unknown parcel %s", event["parcel_id"])
        return
    parcel.status = "returning"
    parcel.refusal = event["reason"]
    session.commit()
