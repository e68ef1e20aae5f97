from plain.models import City, Stop


def names(stops: list[Stop]) -> list[str]:
    return [f"{stop.city} {stop.country}" for stop in stops]


def one(pk: int) -> str:
    city = City.objects.get(pk=pk)
    return city.country.name


def pairs() -> list[tuple[str, str]]:
    out = []
    for row in City.objects.values_list("name", "country__name"):
        out.append(row)
    for city in City.objects.all().select_related("country"):
        out.append((city.name, city.country.name))
    return out
