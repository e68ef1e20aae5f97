import asyncio

import discord

from parrot.translate import translate_now

client = discord.Client(intents=discord.Intents.default())


@client.event
async def on_message(message) -> None:
    if message.content.startswith("!say "):
        await message.channel.send(answer(message.content))


def answer(content: str) -> str:
    _, language, text = content.split(" ", 2)
    return translate_now(text, language)


async def warm_up() -> None:
    loop = asyncio.get_event_loop()
    loop.run_until_complete(asyncio.sleep(1))  # want: CN101
