from warehouse.stock.models import Pallet


def pallet_to_row(pallet: Pallet) -> list[str]:
    return [pallet.code, str(pallet.weight), pallet.place]


def header() -> list[str]:
    return ["code", "weight", "place"]


def _quoted(cell: str) -> str:
    return f'"{cell}"'
