"""Each of these does again what `kit` has; the comment above says what. Names and bodies are others."""

import hashlib
import json
import os
import random
import re
import tempfile
import time
import unicodedata
from datetime import datetime, timedelta, timezone
from html import unescape


# again: kit.text.slugify
def make_url_slug(title):
    """URL-safe form of a title."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    parts = re.findall(r"\w+", ascii_only.lower())
    return "-".join(parts)


# again: kit.text.truncate_words
def shorten_to_words(content, max_words):
    """Keep the first words of a text and add dots."""
    pieces = content.split()
    shortened = " ".join(pieces[:max_words])
    if len(pieces) > max_words:
        shortened += "..."
    return shortened


# again: kit.text.camel_to_snake
def to_snake_case(identifier):
    """snake_case of a CamelCase identifier."""
    with_underscores = re.sub(r"(?<!^)(?=[A-Z])", "_", identifier)
    return with_underscores.lower()


# again: kit.text.strip_html_tags
def html_to_plain_text(markup):
    """Text of HTML without its tags."""
    pattern = re.compile(r"<[^>]+>")
    return unescape(pattern.sub("", markup)).strip()


# again: kit.files.sha256_of_file
def compute_checksum(filename):
    """SHA-256 hex digest of a file."""
    hasher = hashlib.sha256()
    with open(filename, "rb") as file:
        for block in iter(lambda: file.read(4096), b""):
            hasher.update(block)
    return hasher.hexdigest()


# again: kit.files.write_atomically
def save_text_safely(target, content):
    """Replace a file in one step by way of a temporary one."""
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(target), delete=False) as file:
        file.write(content)
    os.replace(file.name, target)


# again: kit.files.load_json_file
def read_json_or_default(filename, fallback=None):
    """Parsed JSON of a file, or a fallback if it is missing."""
    if not os.path.exists(filename):
        return fallback
    with open(filename, encoding="utf-8") as file:
        return json.load(file)


# again: kit.files.format_file_size
def human_readable_bytes(count):
    """Bytes as KiB, MiB, GiB for humans."""
    units = ["B", "KiB", "MiB", "GiB", "TiB"]
    index = 0
    while count >= 1024 and index < len(units) - 1:
        count /= 1024
        index += 1
    return f"{count:.1f} {units[index]}"


# again: kit.collections.chunked
def split_into_batches(sequence, batch_size):
    """Batches of a list, each of at most a size."""
    return [sequence[i : i + batch_size] for i in range(0, len(sequence), batch_size)]


# again: kit.collections.deep_merge
def merge_nested_dicts(left, right):
    """Nested dictionaries as one, right over left."""
    result = left.copy()
    for name in right:
        if name in result and isinstance(result[name], dict) and isinstance(right[name], dict):
            result[name] = merge_nested_dicts(result[name], right[name])
        else:
            result[name] = right[name]
    return result


# again: kit.collections.flatten_dict
def dotted_keys(tree, parent=""):
    """A nested dictionary with dotted keys."""
    items = []
    for key, value in tree.items():
        full = parent + "." + key if parent else key
        if isinstance(value, dict):
            items.extend(dotted_keys(value, full).items())
        else:
            items.append((full, value))
    return dict(items)


# again: kit.collections.unique_in_order
def remove_duplicates(values):
    """The values once each, in their order."""
    known = set()
    for value in values:
        if value in known:
            continue
        known.add(value)
        yield value


# again: kit.timing.parse_iso_utc
def timestamp_from_string(value):
    """A datetime in UTC from an ISO string."""
    if value.endswith("Z"):
        value = value[:-1] + "+00:00"
    parsed = datetime.fromisoformat(value)
    return parsed.replace(tzinfo=timezone.utc) if parsed.tzinfo is None else parsed.astimezone(timezone.utc)


# again: kit.timing.retry_with_backoff
def call_with_retries(callback, max_tries, errors=Exception):
    """Try a callback several times with exponential backoff."""
    wait = 0.1
    for number in range(1, max_tries + 1):
        try:
            return callback()
        except errors:
            if number == max_tries:
                raise
            time.sleep(wait + random.random() * wait)
            wait *= 2


# again: kit.timing.next_business_day
def following_workday(date):
    """The workday after a date, weekends skipped."""
    candidate = date + timedelta(days=1)
    while candidate.weekday() in (5, 6):
        candidate = candidate + timedelta(days=1)
    return candidate
