from sqlalchemy.orm import Session

from metering.tables import Alarm, Reading


def readings(session: Session, meter: int) -> list[float]:
    return [reading.value for reading in session.query(Reading).filter_by(meter_id=meter)]


def alarms(session: Session, meter: int) -> int:
    return session.query(Alarm).filter(Alarm.meter_id == meter).count()
