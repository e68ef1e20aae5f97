class RaDec:  # want: CN004 still used
    def __init__(self, ra, dec):
        self.ra, self.dec = ra, dec


def to_degrees(position):  # want: CN004 still used
    return position.ra * 15, position.dec


def hour_angle(position, sidereal):
    return sidereal - position.ra
