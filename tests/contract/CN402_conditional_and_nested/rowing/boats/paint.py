DEFAULT = "white"


def mix(*colours: str) -> str:
    return "-".join(colours)
