import asyncio


async def fetch(url):
    await asyncio.sleep(0)
    return url


async def both(urls):
    return asyncio.run(fetch(urls[0]))  # canonry: ignore[CN101] the harness patches run


def parse(text):  # canonry: ignore[CN203] nothing is caught here
    return text.strip()


def number(text):
    try:
        return int(text)
    except Exception:  # canonry: ignore[CN203] any text is fine
        return 0
