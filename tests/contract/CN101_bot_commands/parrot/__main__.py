import asyncio

from parrot.bot import client


async def main() -> None:
    await client.start("token")


if __name__ == "__main__":
    asyncio.run(main())  # ok: CN101 the program's own start
