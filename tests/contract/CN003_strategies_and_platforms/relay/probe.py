from relay import tcp, unix


def alive(targets: list[str]) -> int:
    count = 0
    for target in targets:
        try:
            (unix.connect(target) if target.startswith("/") else tcp.connect(target)).close()
        except OSError:
            continue
        count += 1
    return count
