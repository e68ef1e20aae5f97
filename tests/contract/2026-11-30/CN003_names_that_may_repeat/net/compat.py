try:
    from functools import cache
except ImportError:
    def cache(function):
        return function
