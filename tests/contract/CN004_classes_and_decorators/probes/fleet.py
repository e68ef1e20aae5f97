from probes.http import HttpProbe, TimedProbe, lookup


class QuietProbe(HttpProbe):  # want: CN004
    def up(self) -> bool:
        return True


class SlowProbe(TimedProbe):  # ok: CN004 the replacement
    pass


def probes(names: list[str]) -> list:
    found = []
    for name in names:
        url = lookup(name)  # want: CN004
        found.append(HttpProbe(url))  # want: CN004
    return found
