import asyncio


async def download(number: int) -> bytes:
    await asyncio.sleep(0)
    return bytes([number])


def download_all(numbers: list[int]) -> list[bytes]:
    async def all_of_them() -> list[bytes]:
        return await asyncio.gather(*(download(one) for one in numbers))

    return asyncio.run(all_of_them())  # ok: CN101 only a thread of its own and the command reach it


class Renderer:
    def render(self, numbers: list[int]) -> bytes:
        return b"".join(self._tiles(numbers))

    def _tiles(self, numbers: list[int]) -> list[bytes]:
        return [asyncio.get_event_loop().run_until_complete(download(one)) for one in numbers]  # want: CN101
