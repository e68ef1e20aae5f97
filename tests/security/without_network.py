"""Runs a command that is killed, with all processes it starts, where one of them makes a network socket.

python tests/security/without_network.py COMMAND ARGUMENTS...

The kernel sees to it (seccomp), so nothing in any library can go around it. Unix sockets are let be: they
lead nowhere else.
"""

from __future__ import annotations

import ctypes
import os
import platform
import socket
import struct
import sys

_ARCHITECTURES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""For each machine its number and that of the system call `socket`."""

SUPPORTED = sys.platform == "linux" and platform.machine() in _ARCHITECTURES

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_network() -> None:
    """From now on this process and its children die by SIGSYS where they make a network socket."""
    architecture, call = _ARCHITECTURES[platform.machine()]
    instructions = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_IF_EQUAL, 0, 4, architecture),
        (_LOAD, 0, 0, _NUMBER_AT),
        (_JUMP_IF_EQUAL, 0, 2, call),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_JUMP_IF_EQUAL, 0, 1, int(socket.AF_UNIX)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _KILL),
    ]
    code = b"".join(struct.pack("<HBBI", *one) for one in instructions)
    program = _Program(len(instructions), code)
    system = ctypes.CDLL(None, use_errno=True)
    for arguments in (
        (_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SET_SECCOMP, _MODE_FILTER, ctypes.byref(program)),
    ):
        if system.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


if __name__ == "__main__":
    forbid_network()
    os.execv(sys.argv[1], sys.argv[1:])
