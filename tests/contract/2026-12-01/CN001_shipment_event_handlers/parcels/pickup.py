import logging

from parcels.bus import handles

log = logging.getLogger(__name__)


@handles("parcel.picked_up")
def on_picked_up(event: dict, session) -> None:  # ok: CN001 handler of one family, another event
    parcel = session.parcel(event["parcel_id"])
    if parcel is None:
        log.warning("picked up: unknown parcel %s", event["parcel_id"])
        return
    parcel.status = "in_transit"
    parcel.picked_up_at = event["at"]
    session.commit()


@handles("parcel.weighed")
def on_weighed(event: dict, session) -> None:  # ok: CN001 handler of one family, another event
    parcel = session.parcel(event["parcel_id"])
    if parcel is None:
        log.warning("weighed: unknown parcel %s", event["parcel_id"])
        return
    parcel.grams = event["grams"]
    session.commit()
