from telescope.limits import TokenBucket

SLEWS = TokenBucket(rate=0.2, capacity=3)


def slew(mount, ra: float, dec: float) -> bool:
    if not SLEWS.take():
        return False
    mount.goto(ra, dec)
    return True
