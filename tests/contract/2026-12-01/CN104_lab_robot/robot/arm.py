import asyncio
import logging

log = logging.getLogger("robot")


class Arm:
    def __init__(self) -> None:
        self._motion = asyncio.Lock()
        self.position = (0, 0)
        self.gripped: str | None = None

    async def move(self, x: int, y: int) -> None:
        await self._motion.acquire()  # want: CN104
        try:
            await self._drive(x, y)
            self._motion.release()
        except TimeoutError:
            self._motion.release()
            raise

    async def _drive(self, x: int, y: int) -> None:
        await asyncio.sleep(abs(x) / 100 + abs(y) / 100)
        self.position = (x, y)

    async def grip(self, tube: str) -> None:
        async with self._motion:  # ok: CN104 async with
            await asyncio.sleep(0.3)
            self.gripped = tube

    async def home(self) -> None:
        await self._motion.acquire()  # ok: CN104 finally below
        try:
            for step in range(10, -1, -1):
                await self._drive(step, step)
        finally:
            log.info("homed")
            self._motion.release()


class Centrifuge:
    def __init__(self) -> None:
        self.rotor_free = True
        self.runs = 0

    def claim_rotor(self) -> None:
        self.rotor_free = False

    def acquire_rotor_lock(self) -> None:
        if not self.rotor_free:
            raise RuntimeError("rotor is turning")
        self.claim_rotor()

    def release_rotor_lock(self) -> None:
        self.rotor_free = True

    def spin(self, rpm: int, samples: list[str]) -> float:
        self.acquire_rotor_lock()  # want: CN104
        force = 1.118e-5 * 10 * rpm * rpm
        if force > 20000:
            raise ValueError(f"{rpm} rpm is too fast for {len(samples)} samples")
        self.runs += 1
        self.release_rotor_lock()
        return force

    def balance(self, samples: list[str]) -> bool:
        self.acquire_rotor_lock()  # ok: CN104 finally releases it
        try:
            return len(samples) % 2 == 0
        finally:
            self.release_rotor_lock()


def acquire_images(camera: list[bytes], count: int) -> list[bytes]:
    """Imaging people say acquire; nothing is held."""
    return camera[:count]


def photograph(camera: list[bytes]) -> int:
    frames = acquire_images(camera, 3)  # ok: CN104 no lock and no release
    return sum(len(frame) for frame in frames)
