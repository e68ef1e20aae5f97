import typer

from dialysis.store import open_store

app = typer.Typer()


@app.command()
def add_machine(serial: str, ward: str = "A") -> None:  # ok: CN001 a command of a family
    store = open_store()
    if store.find("machines", serial):
        typer.echo(f"machine {serial} is known")
        raise typer.Exit(1)
    store.insert("machines", serial, {"ward": ward})
    typer.echo(f"machine {serial} added")


@app.command()
def add_filter(lot: str, size: int = 18) -> None:  # ok: CN001 a command of a family
    store = open_store()
    if store.find("filters", lot):
        typer.echo(f"lot {lot} is known")
        raise typer.Exit(1)
    store.insert("filters", lot, {"size": size})
    typer.echo(f"lot {lot} added")
