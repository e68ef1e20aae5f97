import click

from atlas.tiles import download_all


@click.command()
@click.argument("numbers", nargs=-1, type=int)
def download(numbers) -> None:
    click.echo(len(download_all(list(numbers))))
