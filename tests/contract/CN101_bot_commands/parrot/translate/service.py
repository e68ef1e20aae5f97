from asyncio import run as go

import httpx


async def translate(text: str, language: str) -> str:
    async with httpx.AsyncClient() as client:
        answer = await client.post("https://translate.example", json={"q": text, "to": language})
        return answer.json()["text"]


def translate_now(text: str, language: str) -> str:
    return go(translate(text, language))  # want: CN101
