from sundial.hours import shadow_angle

EXPECTED = {9: -38.9, 10: -25.0, 11: -12.2}


def compare(latitude: float) -> list[int]:
    wrong = []
    for hour, angle in EXPECTED.items():
        if abs(shadow_angle(hour, latitude) - angle) > 1.0:
            wrong.append(hour)
    return wrong


def show() -> None:
    for hour in EXPECTED:
        print(hour, round(shadow_angle(hour, 54.0), 1))
