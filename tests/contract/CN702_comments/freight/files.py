import tempfile
from pathlib import Path


def write(path: Path, text: str) -> None:
    # A temporary file first, so that nobody reads half of it.
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as stream:
        stream.write(text)
    Path(stream.name).replace(path)


def invoice_kind(customer: str) -> str:
    # Customers of the legacy contract pay in advance.
    return "advance" if customer.startswith("L") else "monthly"
