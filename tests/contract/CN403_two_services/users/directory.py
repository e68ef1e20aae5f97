_names: dict[str, str] = {}


def name_of(address: str) -> str:
    return _names.get(address, address)
