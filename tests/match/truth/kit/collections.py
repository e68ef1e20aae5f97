"""Helpers for collections."""

from collections.abc import Mapping


def chunked(items, size):
    """Split a list into chunks of a size."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def deep_merge(base, override):
    """Merge two nested dictionaries; the second one wins."""
    merged = dict(base)
    for key, value in override.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = deep_merge(merged[key], value)
        else:
            merged[key] = value
    return merged


def flatten_dict(nested, prefix="", separator="."):
    """Flatten a nested dictionary to dotted keys."""
    flat = {}
    for key, value in nested.items():
        name = f"{prefix}{separator}{key}" if prefix else key
        if isinstance(value, dict):
            flat.update(flatten_dict(value, name, separator))
        else:
            flat[name] = value
    return flat


def unique_in_order(items):
    """Drop duplicates and keep the order."""
    seen = set()
    result = []
    for item in items:
        if item not in seen:
            seen.add(item)
            result.append(item)
    return result
