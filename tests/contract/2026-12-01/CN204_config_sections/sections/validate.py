import argparse
import logging
from collections.abc import Mapping

logger = logging.getLogger("sections")

required_sections = ["server", "storage"]
optional_sections = ["tracing", "mail"]


class ConfigError(Exception):
    pass


def check_sections(config: Mapping[str, dict]) -> None:
    for section in required_sections:
        if section not in config:
            logger.error("section %s is missing", section)  # ok: CN204 raises next
            raise ConfigError(section)
    for section in optional_sections:
        if section not in config:
            raise ConfigError(f"{section} is not configured")  # want: CN204


def check_keys(config: Mapping[str, dict], required_keys: dict[str, list[str]]) -> int:
    seen = 0
    for section, keys in required_keys.items():
        for key in keys:
            if key not in config[section]:
                logger.warning("%s.%s is not set", section, key)  # want: CN204
            seen += 1
    return seen


def check_tracing(config: Mapping[str, dict], optional_exporters: list[str]) -> list[str]:
    usable = []
    for exporter in optional_exporters:
        if exporter not in config["tracing"]:
            logger.info("no %s exporter", exporter)  # ok: CN204 an optional one that is left out
            continue
        usable.append(exporter)
    if not config["tracing"].get("service"):
        raise ConfigError("tracing needs a service name")  # ok: CN204 about another name
    return usable


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    optional = parser.add_argument_group("optional arguments")
    optional.add_argument("--path")
    found = parser.parse_args()
    if found.path == "":
        raise SystemExit("the path is empty")  # ok: CN204 the group's name says nothing of this
    return found
