import json


def ticket(payload: str) -> dict:
    data = json.loads(payload)
    data.setdefault("type", "TruckLoad")  # ok: CN004 only a string
    return data


class Gate:
    TruckLoad = "truck"  # ok: CN004 an attribute of another class

    def label(self) -> str:
        return f"{self.TruckLoad}-gate"  # ok: CN004 an attribute of another class
