from warehouse.stock.export import pallet_to_row


def moved(before, after) -> list[list[str]]:
    return [pallet_to_row(one) for one in after if one not in before]
