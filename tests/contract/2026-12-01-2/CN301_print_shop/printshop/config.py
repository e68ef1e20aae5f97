"""All settings of the print shop; the environment is read here only."""
import os


def plotter_address() -> str:
    """Host and port of the plotter's spooler."""
    return os.environ["PLOTTER_ADDRESS"]


def max_copies() -> int:
    return int(os.environ.get("PRINTSHOP_MAX_COPIES", "250"))


def paper_formats() -> list[str]:
    raw = os.getenv("PRINTSHOP_FORMATS") or "A4,A3"
    return [name.strip() for name in raw.split(",") if name.strip()]
