import logging
import struct


class CommandLink:
    def __init__(self, port) -> None:
        self.port = port
        self.log = logging.getLogger("uplink")
        self.altitude = 0.0

    def arm(self) -> bool:
        try:
            self.port.write(b"\x01ARM")
            return self.port.read(1) == b"\x06"
        except OSError as e:
            self.log.error("arming failed: " + str(e))  # want: CN202
            return False

    def climb(self, metres: float) -> None:
        try:
            self.port.write(struct.pack("<Bf", 2, metres))
            self.altitude += metres
        except struct.error as e:
            self.log.error(f"cannot climb {metres}: {e!r}")  # ok: CN202 !r

    def land(self) -> None:
        try:
            self.port.write(b"\x03")
            self.altitude = 0.0
        except Exception as e:
            self.log.exception("landing: %s", e)  # ok: CN202 exception() has the traceback

    def telemetry(self) -> dict[str, float]:
        raw = self.port.read(8)
        try:
            battery, heading = struct.unpack("<ff", raw)
        except struct.error as e:
            self.log.error("telemetry of %d bytes: {}".format(e), len(raw))  # want: CN202
            return {}
        return {"battery": battery, "heading": heading}

    def beacon(self, on: bool) -> None:
        try:
            self.port.write(b"\x04" + bytes([on]))
        except OSError as e:
            self.log.error("beacon: %s %s", type(e).__name__, e)  # ok: CN202 the type is named

    def gps_fix(self) -> tuple[float, float] | None:
        try:
            latitude, longitude = self.port.read_fix()
            return latitude, longitude
        except TimeoutError as e:
            self.log.warning("no fix: %s", e)  # ok: CN202 a warning
            return None

    def abort(self, reason: str) -> None:
        try:
            self.port.write(reason.encode("ascii"))
        except UnicodeEncodeError as broken:
            self.log.critical("abort reason not sent: %s", broken)  # ok: CN202 raised again
            raise
