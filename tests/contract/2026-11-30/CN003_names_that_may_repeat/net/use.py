from net.api import Options
from net.compat import cache


@cache
def options():
    return Options()
