import struct
from io import BytesIO

HEADER = struct.Struct(">HHHB")


def encode_frame(transaction: int, unit: int, payload: bytes) -> bytes:  # ok: CN001 the opposite of decode_frame
    buffer = BytesIO()
    length = len(payload) + 1
    buffer.write(HEADER.pack(transaction, 0, length, unit))
    buffer.write(payload)
    return buffer.getvalue()


def pack_registers(values: list[int]) -> bytes:  # ok: CN001 the opposite of unpack_registers
    count = len(values)
    if count > 125:
        raise ValueError(f"{count} registers do not fit into one frame")
    layout = struct.Struct(f">{count}H")
    return layout.pack(*values)
