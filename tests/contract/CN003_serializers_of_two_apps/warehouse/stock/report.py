from warehouse.stock.export import header, pallet_to_row


def daily(pallets) -> list[list[str]]:
    return [header(), *(pallet_to_row(one) for one in pallets)]
