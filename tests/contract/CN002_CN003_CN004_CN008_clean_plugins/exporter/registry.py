from exporter.base import Exporter
from exporter.formats import csv_format, json_format

registry: dict[str, type[Exporter]] = {}
csv_format.register(registry)
json_format.register(registry)


def exporter(name: str) -> Exporter:
    return registry[name]()
