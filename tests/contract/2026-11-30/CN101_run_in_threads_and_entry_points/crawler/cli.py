import asyncio

import click

from crawler.engine import crawl


@click.group()
def cli() -> None:  # ok: CN101 own thread, executor, click command, __main__
    """Crawler."""


@cli.command()
@click.argument("url")
def start(url: str) -> None:
    asyncio.run(crawl(url))


if __name__ == "__main__":
    cli()
