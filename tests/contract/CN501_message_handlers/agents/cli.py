from uuid import uuid4

import click

from agents.contexts import create_user_execution_context


@click.command()
@click.argument("user")
def run(user: str) -> None:
    context = create_user_execution_context(user, str(uuid4()), "cli")  # ok: CN501 neither request nor message
    click.echo(context["thread"])
