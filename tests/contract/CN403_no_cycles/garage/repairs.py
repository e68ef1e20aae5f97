from tolls.bills import bill  # ok: CN403 allowed


def repair(vehicle: str) -> int:
    return bill(vehicle) + 100
