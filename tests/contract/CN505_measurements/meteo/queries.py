from sqlalchemy import select

from meteo.models import Campaign, Measurement, Sensor, Station


def of_station(session, station: int) -> list[Measurement]:
    return session.scalars(select(Measurement).where(Measurement.station_id == station)).all()


def sensors(session, station: int) -> list[Sensor]:
    return session.query(Sensor).filter(Sensor.station_id == station).all()


def led_by(session, person: int) -> list[Campaign]:
    return session.query(Campaign).filter_by(leader_id=person).all()


def of_sensor(session, sensor: int) -> list[Measurement]:
    return session.scalars(select(Measurement).where(Measurement.sensor_id == sensor)).all()


def owner(session, station: int) -> Campaign:
    return session.scalar(select(Campaign).join(Station, Campaign.owner_id == Station.id))
