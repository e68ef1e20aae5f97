import asyncio as aio
import subprocess
import threading
from asyncio import run as drive
from concurrent.futures import ThreadPoolExecutor


async def read_register(address: int) -> int:
    await aio.sleep(0.01)
    return address ^ 0xFF


async def write_register(address: int, value: int) -> None:
    await aio.sleep(0.02)
    print("wrote", address, value)


class ModbusPoller:
    def __init__(self, addresses: list[int]) -> None:
        self.addresses = addresses
        self.values: dict[int, int] = {}

    async def poll_once(self) -> None:
        for address in self.addresses:
            self._refresh(address)

    def _refresh(self, address: int) -> None:
        self.values[address] = drive(read_register(address))  # want: CN101

    async def reset_all(self) -> None:
        def zero(address: int) -> None:
            aio.run(write_register(address, 0))  # want: CN101

        for address in self.addresses:
            zero(address)

    async def firmware_version(self) -> str:
        done = subprocess.run(["modbus-cli", "version"], capture_output=True, text=True)  # ok: CN101 another run
        return done.stdout.strip()

    async def watch_in_background(self) -> threading.Thread:
        def spin() -> None:
            loop = aio.new_event_loop()
            loop.create_task(self.poll_once())
            loop.run_forever()  # ok: CN101 the loop of a thread of its own

        worker = threading.Thread(target=spin, daemon=True)
        worker.start()
        return worker

    async def burn(self, address: int, value: int) -> None:
        loop = aio.get_running_loop()
        with ThreadPoolExecutor(max_workers=1) as pool:
            await loop.run_in_executor(pool, lambda: aio.run(write_register(address, value)))  # ok: CN101 in the executor's thread
