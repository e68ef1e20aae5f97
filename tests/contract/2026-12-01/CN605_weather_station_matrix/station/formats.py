import json


def encode(reading: dict[str, float], style: str) -> str:
    if style == "json":
        return json.dumps(reading, sort_keys=True)
    return ";".join(f"{key}={value}" for key, value in sorted(reading.items()))


STYLES = ("json", "plain")
