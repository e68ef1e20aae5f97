import time

from probe.transports import tcp, unix


def wait_for(address: str, tries: int) -> float:
    started = time.monotonic()
    transport = unix if address.startswith("/") else tcp
    for _ in range(tries):
        transport.connect(address, 1).close()
        time.sleep(0.2)
    return time.monotonic() - started
