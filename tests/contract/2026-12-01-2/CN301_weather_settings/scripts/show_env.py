"""Prints what the box would run with."""
import os

KEYS = ("WEATHERBOX_STATION_ID", "WEATHERBOX_POLL_SECONDS")


def main() -> None:
    for key in KEYS:
        print(f"{key}={os.environ.get(key, '')}")
    print("sea level:", os.environ.get("WEATHERBOX_SEA_LEVEL", "unset"))  # ok: CN301 a script


if __name__ == "__main__":
    main()
