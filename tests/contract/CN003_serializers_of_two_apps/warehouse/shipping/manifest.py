def pallet_to_row(pallet) -> list[str]:  # want: CN003
    return [pallet.code, f"{pallet.weight:.1f} kg"]


def _quoted(cell: str) -> str:  # ok: CN003 private
    return "'" + cell + "'"
