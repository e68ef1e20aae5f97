import asyncio

import click

from chatbot.engine import Engine


@click.command()
@click.argument("text")
def ask(text: str) -> None:
    click.echo(asyncio.run(Engine().answer(text)))  # ok: CN101 a command is no coroutine
