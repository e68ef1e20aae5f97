import logging
import socket

logger = logging.getLogger("harbour")


class AisReceiver:
    def __init__(self, host: str, port: int) -> None:
        self.address = (host, port)
        self.positions: dict[int, tuple[float, float]] = {}

    def connect(self) -> socket.socket | None:
        try:
            return socket.create_connection(self.address, timeout=5)
        except OSError as err:
            logger.error("no AIS receiver: %s", err)  # want: CN202
            return None

    def decode(self, sentence: str) -> None:
        try:
            _, mmsi, latitude, longitude = sentence.split(",")
            self.positions[int(mmsi)] = (float(latitude), float(longitude))
        except ValueError as err:
            logger.error(f"bad sentence: {err}")  # want: CN202
        except MemoryError as err:
            logger.critical("out of memory: %s", err, exc_info=True)  # ok: CN202 exc_info

    def nearest_berth(self, mmsi: int, berths: dict[str, float]) -> str:
        try:
            return min(berths, key=lambda name: abs(berths[name] - self.positions[mmsi][0]))
        except KeyError as unknown:
            logger.error("vessel unknown: {}".format(unknown))  # want: CN202
            return "roads"

    def report(self, path: str) -> int:
        written = 0
        try:
            with open(path, "a", encoding="utf-8") as out:
                for mmsi, place in self.positions.items():
                    written += out.write(f"{mmsi} {place}\n")
        except PermissionError as denied:
            logging.error("report not written: %s", denied)  # want: CN202
        except OSError as failed:
            logging.exception("report not written: %s", failed)  # ok: CN202 exception()
        return written

    def signal(self, vessel, text: str) -> bool:
        try:
            vessel.send(text)
        except Exception as failed:
            logger.error("%s: signal to %s: %s", type(failed), vessel, failed)  # ok: CN202 type(e)
            return False
        return True
