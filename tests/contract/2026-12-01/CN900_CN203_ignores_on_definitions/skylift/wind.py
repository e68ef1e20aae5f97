import json


def gust(payload: str) -> float:  # canonry: ignore[CN203] the mast sends garbage in fog  # ok: CN900 it matches in the body
    try:
        return float(json.loads(payload)["gust"])
    except Exception:  # ok: CN203 ignored on the definition
        return 0.0


def direction(payload: str) -> int:
    try:
        return int(json.loads(payload)["deg"]) % 360
    except Exception:  # want: CN203
        return 0


def swing(values: list[float]) -> float:  # canonry: ignore[CN203] no measurement is no wind
    if not values:
        return 0.0
    return max(values) - min(values)


class Mast:  # canonry: ignore[CN203] masts fail without a word  # ok: CN900 it matches in a method
    def __init__(self, radio) -> None:
        self.radio = radio

    def ping(self) -> bool:
        try:
            self.radio.send(b"?")
        except Exception:  # ok: CN203 ignored on the class
            return False
        return True
