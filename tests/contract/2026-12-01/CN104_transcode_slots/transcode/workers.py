import asyncio


class TranscodeFarm:
    def __init__(self, size: int) -> None:
        self.free = list(range(size))
        self.done: dict[str, str] = {}

    async def _acquire_slot(self) -> int:
        while not self.free:
            await asyncio.sleep(0.05)
        return self.free.pop()

    def _release_slot(self, slot: int) -> None:
        self.free.append(slot)

    async def transcode(self, video: str, preset: str) -> str:
        slot = await self._acquire_slot()  # want: CN104
        process = await asyncio.create_subprocess_exec("ffmpeg", "-i", video, f"{video}.{preset}.mp4")
        code = await process.wait()
        self._release_slot(slot)
        self.done[video] = preset
        return f"{video}:{code}"

    async def thumbnail(self, video: str) -> bytes:
        slot = await self._acquire_slot()  # ok: CN104 finally gives it back
        try:
            process = await asyncio.create_subprocess_exec(
                "ffmpeg", "-ss", "5", "-i", video, "-frames:v", "1", "-", stdout=asyncio.subprocess.PIPE
            )
            picture, _ = await process.communicate()
            return picture
        finally:
            self._release_slot(slot)

    async def reserve(self) -> int:
        slot = await self._acquire_slot()  # ok: CN104 handed to the caller on purpose
        return slot
