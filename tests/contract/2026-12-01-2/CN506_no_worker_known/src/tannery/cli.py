import click

from tannery.tasks import mix_dye, soak


@click.group()
def cli() -> None:
    """Tools of the tannery."""


@cli.command()
@click.argument("hide")
@click.option("--hours", default=12, show_default=True)
def start(hide: str, hours: int) -> None:
    soak.apply_async((hide, hours), queue="vats")  # ok: CN506 no worker command in the workspace
    click.echo(f"{hide} goes into the vat")


@cli.command()
@click.argument("colour", nargs=3, type=int)
def dye(colour: tuple[int, int, int]) -> None:
    click.echo(mix_dye.delay(*colour).id)


if __name__ == "__main__":
    cli()
