from sawmill.volume import cylinder, log_volume


def offer(diameter: float, length: float) -> float:
    return cylinder(diameter, length) * 92.0  # want: CN004


def contract_of_2019(diameter: float, length: float) -> float:
    return cylinder(diameter, length) * 71.5  # canonry: ignore[CN004] the contract says cylinder  # ok: CN004 ignored


def compare(diameter: float, length: float) -> float:  # canonry: ignore[CN004] it shows both  # ok: CN900 it matches in the body
    return cylinder(diameter, length) - log_volume(diameter, length)  # ok: CN004 ignored on the definition


def stack(diameters: list[float], length: float) -> float:
    return sum(log_volume(d, length) for d in diameters)  # canonry: ignore[CN004] old measure
