from datetime import UTC, datetime, timedelta


def recent(samples: list[tuple[datetime, float]]) -> list[float]:
    limit = datetime.utcnow() - timedelta(hours=6)  # want: CN703
    return [value for moment, value in samples if moment > limit]


def stamp(value: float) -> tuple[datetime, float]:
    return datetime.now(UTC), value  # ok: CN703 the correct form


class StationClock:
    def utcnow(self) -> float:
        return datetime.now(UTC).timestamp()  # ok: CN703 the correct form


def age(clock: StationClock, since: float) -> float:
    # never datetime.utcnow() here  # ok: CN703 a comment
    return clock.utcnow() - since  # ok: CN703 a method of another object
