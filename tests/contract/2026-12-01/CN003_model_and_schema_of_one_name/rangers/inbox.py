from rangers.payloads import Sighting


def accept(raw: dict) -> Sighting:
    return Sighting.model_validate(raw)
