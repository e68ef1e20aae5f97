"""Checks that run before the warehouse service takes orders."""
import logging
import shutil
import socket
import sys
from collections.abc import Mapping

logger = logging.getLogger("boot")

required_tools = ["pdftotext", "gs"]
optional_tools = ["inkscape"]
non_critical_hosts = [("metrics.internal", 8125)]


class BootFailure(SystemExit):
    pass


def check_tools() -> None:
    for tool in required_tools:
        if shutil.which(tool) is None:
            logger.warning("%s is not installed", tool)  # want: CN204
    for tool in optional_tools:
        if shutil.which(tool) is None:
            logger.info("%s is not installed, drawings are off", tool)  # ok: CN204 an optional one only logs


def check_hosts(timeout: float = 2.0) -> None:
    for host, port in non_critical_hosts:
        try:
            socket.create_connection((host, port), timeout).close()
        except OSError as exc:
            raise BootFailure(f"{host}:{port} not reachable") from exc  # want: CN204


def check_settings(values: Mapping[str, str], required_keys: tuple[str, ...]) -> None:
    missing = [key for key in required_keys if not values.get(key)]
    if missing:
        logger.critical("missing settings: %s", ", ".join(missing))  # ok: CN204 it exits on the next line
        sys.exit(78)


def check_printer(values: Mapping[str, str], optional: bool) -> bool:
    name = values.get("PRINTER")
    if name:
        logger.info("labels go to %s", name)
        return True
    if optional:
        return False
    raise BootFailure("no printer")  # ok: CN204 reached only when it is not optional
