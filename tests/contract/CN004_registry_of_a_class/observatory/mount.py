from observatory.sky import legacy
from observatory.sky.position import SkyPosition


def slew(mount, ra: float, dec: float) -> None:
    target = legacy.RaDec(ra, dec)  # want: CN004 SkyPosition
    mount.go(legacy.to_degrees(target))  # want: CN004
    mount.track(legacy.hour_angle(target, mount.time()))  # ok: CN004 not superseded


def park(mount) -> None:
    mount.go(SkyPosition(0.0, 90.0).degrees())  # ok: CN004 the new one
