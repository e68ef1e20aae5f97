import os


def checkout_enabled() -> bool:
    return os.environ.get("FEATURE_CHECKOUT") == "1"


def search_enabled() -> bool:
    return os.environ.get("FEATURE_SEARCH") == "1"
