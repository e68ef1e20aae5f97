import struct
from io import BytesIO

from modbuslite.writer import HEADER


def decode_frame(data: bytes) -> tuple[int, int, bytes]:  # ok: CN001 the opposite of encode_frame
    buffer = BytesIO(data)
    transaction, _, length, unit = HEADER.unpack(buffer.read(HEADER.size))
    payload = buffer.read(length - 1)
    return transaction, unit, payload


def unpack_registers(data: bytes) -> list[int]:  # ok: CN001 the opposite of pack_registers
    count = len(data) // 2
    if count > 125:
        raise ValueError(f"{count} registers do not fit into one frame")
    layout = struct.Struct(f">{count}H")
    return list(layout.unpack(data))
