import os
import logging

from boot.checks import check_hosts, check_printer, check_settings, check_tools


def run() -> int:
    logging.basicConfig(level=logging.INFO)
    values = dict(os.environ)
    check_settings(values, ("WAREHOUSE_ID", "ORDER_QUEUE"))
    check_tools()
    check_hosts()
    check_printer(values, optional=values.get("PRINTER_OPTIONAL") == "1")
    return 0


if __name__ == "__main__":
    raise SystemExit(run())
