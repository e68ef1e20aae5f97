import sys

if sys.platform == "win32":
    import msvcrt

    def lock_file(stream) -> None:  # ok: CN003 one of the two is defined
        msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def lock_file(stream) -> None:  # ok: CN003 one of the two is defined
        fcntl.flock(stream, fcntl.LOCK_EX)
