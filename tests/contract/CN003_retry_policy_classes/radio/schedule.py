import datetime as dt


class RetryPolicy:  # want: CN003
    @classmethod
    def for_show(cls, show):
        return cls(show.start + dt.timedelta(minutes=5))

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def again(self) -> bool:
        return dt.datetime.now() < self.at


def main() -> None:  # ok: CN003 each script has one
    print(RetryPolicy(dt.datetime.now()).again())
