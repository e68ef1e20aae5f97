"""What an environment variable or settings key is about, by the words of its name."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import urlsplit


class KeyKind(Enum):
    """What a key holds, as far as its name says."""

    SECRET = "secret"
    URL = "URL"
    HOST = "host"
    OTHER = ""


STAGES = frozenset(
    (
        *("ENV", "STAGING", "STAGE", "STG", "PRODUCTION", "PROD", "PRD", "DEVELOPMENT", "DEVEL", "DEV"),
        *("TEST", "TESTING", "LOCAL", "QA", "UAT", "SANDBOX", "PREVIEW", "CI"),
    )
)
"""Words that name a deployment. At the end of a key they do not say what it holds."""
DEVELOPMENT = frozenset(
    ("DEVELOPMENT", "DEVEL", "DEV", "TEST", "TESTING", "TESTS", "LOCAL", "CI", "DEBUG", "DEMO", "MOCK")
)
"""Words of places and conditions where a default that works is meant to."""

_SECRETS = frozenset(
    ("SECRET", "PASSWORD", "PASSWD", "PWD", "PASS", "TOKEN", "PASSPHRASE", "CREDENTIALS", "APIKEY")
)
_SECRET_PAIRS = frozenset(
    (
        *("API_KEY", "SECRET_KEY", "ACCESS_KEY", "PRIVATE_KEY", "SIGNING_KEY", "ENCRYPTION_KEY"),
        *("MASTER_KEY", "JWT_KEY", "FERNET_KEY", "AUTH_KEY", "SECRET_VALUE", "KEY_BASE", "COOKIE_SECRET"),
    )
)
_URLS = frozenset(("URL", "URI", "DSN", "BROKER", "ENDPOINT"))
_HOSTS = frozenset(("HOST", "HOSTNAME"))
_NO_SECRETS = frozenset(("CSRF", "MAX", "MIN", "NUM", "PAD", "EOS", "BOS", "STOP", "NEXT", "PAGE", "CANCEL"))
"""Beside TOKEN these speak of another thing than a secret."""
_LISTENING = frozenset(
    (
        "BIND",
        "LISTEN",
        "LISTENER",
        "SERVER",
        "UVICORN",
        "GUNICORN",
        "FLASK",
        "WEB",
        "WEBSERVER",
        "HTTP",
        "APP",
    )
)
"""Before HOST these name the interface that a server listens on."""
_AGENTS = frozenset(
    (
        "STATSD",
        "OTEL",
        "OTLP",
        "JAEGER",
        "DATADOG",
        "DD",
        "AGENT",
        "ZIPKIN",
        "TELEGRAF",
        "GRAPHITE",
        "FLUENTD",
    )
)
"""Agents that run beside every process: the own machine is where they are meant to be."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+")


def words_of(key: str) -> list[str]:
    """The words of a key in capitals: `redisUrl`, `redis-url`, `REDIS_URL` -> `REDIS`, `URL`."""
    if key.isupper():
        return [one for one in re.split(r"[^A-Z0-9]+", key) if one]
    return [one.upper() for one in _WORDS.findall(key)]


@lru_cache(maxsize=4096)
def kind_of(key: str) -> KeyKind:
    """What a key holds: a secret, the URL or the host of another service, or something else."""
    words = words_of(key)
    while len(words) > 1 and words[-1] in STAGES:
        words.pop()
    if not words:
        return KeyKind.OTHER
    last = words[-1]
    if words[-2:] == ["APPLICATION", "CREDENTIALS"]:
        return KeyKind.OTHER  # Google's is the path of a file
    if (last in _SECRETS and _NO_SECRETS.isdisjoint(words)) or "_".join(words[-2:]) in _SECRET_PAIRS:
        return KeyKind.SECRET
    if not _AGENTS.isdisjoint(words):
        return KeyKind.OTHER
    if last in _URLS:
        return KeyKind.URL
    if last in _HOSTS and len(words) > 1 and words[-2] not in _LISTENING:
        return KeyKind.HOST
    return KeyKind.OTHER


def is_secret(key: str) -> bool:
    """Whether a key holds a secret."""
    return kind_of(key) is KeyKind.SECRET


_UNSET = frozenset(
    (
        *("none", "null", "nil", "unset", "not-set", "not_set", "notset", "undefined", "required", "missing"),
        *("empty", "n/a", "na", "dummy", "disabled", "false", "no", "off", "unknown", "unused", "-", "0"),
    )
)
"""Texts that say that there is no value; what is given them does not work."""


_PLACEHOLDERS = (
    "your",
    "replace",
    "insert",
    "fake",
    "dummy",
    "any",
    "no-key",
    "no_key",
    "placeholder",
    "sk-no",
)
"""What begins so says itself that it opens nothing."""


def works(kind: KeyKind, value: str) -> bool:
    """Whether a default is one that something can be reached or unlocked with.

    A secret that is no placeholder; a URL or host that leads to the own machine or a bare service name, or
    has a password in it (`kind` is one of the three). A public address works for everyone
    alike and is left alone, and so is a file.
    """
    value = value.strip()
    if not value or value.lower() in _UNSET or value[0] in "<{$" or "..." in value:
        return False
    if kind is KeyKind.SECRET:
        return not value.lower().startswith(_PLACEHOLDERS)
    if kind is KeyKind.HOST and "://" not in value:
        return _is_private(value.partition(":")[0] if value.count(":") == 1 else value)
    head, slash, _ = value.partition("/")
    if slash and "://" not in value and ":" not in head and "." not in head and head != "localhost":
        return False  # `api/v1/orders`: a path on a server that is named elsewhere
    try:
        parts = urlsplit(value if "://" in value else f"//{value}")
        return bool(parts.password) or (bool(parts.hostname) and _is_private(parts.hostname or ""))
    except ValueError:
        return False


_OWN_NETWORK = (".internal", ".local", ".lan", ".svc", ".localdomain", ".intranet", ".corp", ".home")


def _is_private(host: str) -> bool:
    """Whether a host is this machine, or a name that only the own network knows."""
    if host in ("0.0.0.0", "::", "*"):
        return False
    if host.startswith("metadata"):
        return False  # a cloud's metadata service, the same for everyone
    own = host.startswith(("127.", "10.", "192.168.")) or host.endswith(_OWN_NETWORK)
    return own or bool(re.fullmatch(r"[A-Za-z][\w-]*|::1", host))
