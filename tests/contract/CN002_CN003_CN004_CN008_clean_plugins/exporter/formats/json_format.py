import json

from exporter.base import Exporter


class JsonExporter(Exporter):  # ok: CN002 it inherits
    suffix = ".jsonl"

    def lines(self, rows: list[dict]) -> list[str]:
        return [json.dumps(row) for row in rows]


def register(registry: dict) -> None:  # ok: CN003 each format's own, called by the module's name
    registry["json"] = JsonExporter
