"""CN302: a secret or an address that works although nobody has configured it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.environment_reads import Read, Source, default_text, reads_of
from canonry.rules.facts.handlers import log_call
from canonry.rules.facts.keys import DEVELOPMENT, KeyKind, kind_of, words_of, works
from canonry.scopes.roles import Role
from canonry.syntax.tree import ancestors

_NO_SERVICE = frozenset(
    ("EXAMPLES", "EXAMPLE", "DOCS", "BENCHMARKS", "SAMPLES", "SAMPLE", "TUTORIALS", "COOKBOOK", "DEMOS")
)
"""Words of folders with code that shows or measures something and is not deployed."""
_LOCAL_SERVERS = frozenset(("run", "run_app", "serve", "create_server", "start_server", "bind"))
"""Last names of calls whose `host` is the interface to listen on."""
_LISTENED_ON = re.compile(r"description=[^\n]*\b(?:bind|listen)\w*\b", re.IGNORECASE)
"""What a field says of itself that is the interface to listen on."""
_PRODUCTION = frozenset(("PROD", "PRODUCTION", "LIVE", "DEPLOYED"))
_WORD = re.compile(r"[A-Za-z]+")


class InsecureDefault(Rule):
    """## What it does
    Finds an environment or settings read of a secret, a host or a URL with a default that works:
    `changeme`, a literal key, `redis://localhost`, an address with a password in it.

    ## Why is this bad?
    A deployment that lacks the variable starts all the same: with a password that everybody can read in the
    repository, or with another database than the one that was meant. ruff's S105 to S107 know literal
    passwords in assignments and arguments; this rule knows what is read, under which key, and where a
    default is meant to be.

    ## Example
    ```python
    SECRET_KEY = os.environ.get("SECRET_KEY", "changeme")
    ```

    ## Use instead
    ```python
    SECRET_KEY = os.environ["SECRET_KEY"]
    ```

    ## When it stays silent
    - no default, None, an empty one, a placeholder (`<your token>`, `none`), one that is computed
    - public addresses, files and in-memory URLs, the interface that a server listens on (`0.0.0.0`), agents
      that run beside each process (StatsD, OpenTelemetry)
    - limits, ports, durations, names of headers: what a key's last words do not call a secret, host or URL
    - tests, examples, modules, classes, functions and branches for development (`settings/dev.py`, `class
      DevConfig`, `if DEBUG`)
    """

    code: ClassVar[str] = "CN302"
    name: ClassVar[str] = "insecure-default"
    severity: ClassVar[Severity] = Severity.ERROR
    priority: ClassVar[Priority | None] = Priority.P0
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a secret that stands in the repository",
            """\
import os

SECRET_KEY = os.environ.get("SECRET_KEY", "changeme")  # want: CN302 `SECRET_KEY`
""",
            fixed="""\
import os

SECRET_KEY = os.environ["SECRET_KEY"]
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "another service's address, which is the own machine",
            """\
import os as operating_system
from os import getenv

import redis


def connect():
    return redis.from_url(getenv("REDIS_URL", default="redis://localhost:6379/0"))  # want: CN302 URL
""",
            fixed="""\
import os as operating_system
from os import getenv

import redis


def connect():
    return redis.from_url(operating_system.environ["REDIS_URL"])
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "`or` gives a default too, and so does a constant",
            """\
import os

DEFAULT_HOST = "db"
DB_PASSWORD = os.getenv("DB_PASSWORD") or "postgres"  # want: CN302 secret
DB_HOST = os.getenv("DB_HOST", DEFAULT_HOST)  # want: CN302 host
""",
            fixed="""\
import os

DEFAULT_HOST = "db"
DB_PASSWORD = os.environ["DB_PASSWORD"]
DB_HOST = os.getenv("DB_HOST", DEFAULT_HOST)
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a field of a settings class",
            """\
from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    jwt_secret: str = "s3cr3t"  # want: CN302 `JWT_SECRET`
    database_url: str = Field(default="postgresql://app:app@db/app")  # want: CN302 URL
    page_size: int = 50
""",
            fixed="""\
from pydantic import Field
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    jwt_secret: str
    database_url: str = Field(default="postgresql://app:app@db/app")
    page_size: int = 50
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a library's reader, the framework's settings, a name of the own network",
            """\
from decouple import config
from django.conf import settings

SIGNING_SECRET = getattr(settings, "SIGNING_SECRET", "points")  # want: CN302 secret
TRACKING_URL = getattr(settings, "TRACKING_URL", "http://tracking.internal:8080")  # want: CN302 URL
API_TOKEN = config("API_TOKEN", default="0123456789abcdef")  # want: CN302 secret
DEBUG = config("DEBUG", default=False, cast=bool)
""",
            fixed="""\
from decouple import config
from django.conf import settings

SIGNING_SECRET = settings.SIGNING_SECRET
TRACKING_URL = getattr(settings, "TRACKING_URL", "http://tracking.internal:8080")
API_TOKEN = config("API_TOKEN", default="0123456789abcdef")
DEBUG = config("DEBUG", default=False, cast=bool)
""",
            applicability=Applicability.UNSAFE,
        ),
    )
    VALID: ClassVar = (
        Valid(
            "asked whether it is the default, and a field that says what it listens on",
            """\
from django.conf import settings
from pydantic import Field
from pydantic_settings import BaseSettings


class ServerSettings(BaseSettings):
    host: str = Field(default="127.0.0.1", description="The address to bind to")


def problems():
    if getattr(settings, "SECRET_KEY", "SECRET") == "SECRET":
        yield "SECRET_KEY is not set"
""",
        ),
        Valid(
            "the value is required, or may be missing",
            """\
import os

SECRET_KEY = os.environ["SECRET_KEY"]
API_TOKEN = os.environ.get("API_TOKEN")
DB_PASSWORD = os.getenv("DB_PASSWORD", "")
REDIS_URL = os.getenv("REDIS_URL", None)
""",
        ),
        Valid(
            "a path on a server that is named elsewhere, and an address that is only told",
            """\
import logging
import os

logger = logging.getLogger(__name__)

ORDERS_ENDPOINT = os.getenv("ORDERS_ENDPOINT", "api/v1/orders")
logger.info(f"go to http://{os.environ.get('SHOP_HOST', '127.0.0.1')}/")
""",
        ),
        Valid(
            "limits, ports, durations and names are no secrets",
            """\
import os

MAX_TOKENS = os.getenv("MAX_TOKENS", "4096")
TOKEN_TTL = os.getenv("ACCESS_TOKEN_EXPIRE_MINUTES", "30")
DB_PORT = os.getenv("DB_PORT", "5432")
SECRET_NAME = os.getenv("SECRET_NAME", "app/production")
PASSWORD_FILE = os.getenv("DB_PASSWORD_FILE", "/run/secrets/db")
""",
        ),
        Valid(
            "the interface that a server listens on",
            """\
import os

import uvicorn

uvicorn.run("app.main:app", host=os.getenv("HOST", "127.0.0.1"))


def serve(server):
    host = os.environ.get("TOOLS_HOST", "127.0.0.1")
    server.run(host=host)


BIND_HOST = os.getenv("API_HOST", "0.0.0.0")
""",
        ),
        Valid(
            "a public address is the same for everyone; a file is no other machine",
            """\
import os

OPENAI_BASE_URL = os.getenv("OPENAI_BASE_URL", "https://api.openai.com/v1")
TRACING_HOST = os.getenv("TRACING_HOST", "https://tracing.example.com")
DATABASE_URL = os.getenv("DATABASE_URL", "sqlite:///./app.db")
SMTP_HOST = os.getenv("SMTP_HOST", "smtp.example.com")
""",
        ),
        Valid(
            "settings for development",
            {
                "config/settings/dev.py": """\
import os

SECRET_KEY = os.getenv("SECRET_KEY", "not-for-production")
""",
                "config/base.py": """\
import os


class DevelopmentConfig:
    SECRET_KEY = os.getenv("SECRET_KEY", "dev")


if os.getenv("APP_ENV") == "development":
    REDIS_URL = os.getenv("REDIS_URL", "redis://localhost")
elif os.getenv("APP_ENV") == "production":
    REDIS_URL = os.environ["REDIS_URL"]
""",
            },
        ),
        Valid(
            "a placeholder does not work, and a random key is nobody's",
            """\
import os
import secrets

API_KEY = os.getenv("API_KEY", "<your key>")
TOKEN = os.getenv("SLACK_TOKEN", "none")
SESSION_SECRET = os.getenv("SESSION_SECRET", secrets.token_hex())
VLLM_KEY = os.getenv("VLLM_API_KEY", "fake-api-key")
LLAMA_KEY = os.getenv("LLAMA_API_KEY", "llama")
""",
        ),
        Valid(
            "a test's own values",
            {
                "tests/test_app.py": """\
import os

TOKEN = os.getenv("API_TOKEN", "test-token")


def test_token():
    assert TOKEN
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each read whose default works."""
        if module.role in (Role.TEST, Role.CONFTEST, Role.MIGRATION) or _is_for_development(module.path):
            return
        for read in reads_of(module.tree):
            kind = kind_of(read.key)
            if kind is KeyKind.OTHER or read.source is Source.MANAGER:
                continue
            found = default_text(read, module.tree)
            if found is None or not works(kind, found[0]) or _in_development(read, module):
                continue
            if found[0].lower() == words_of(read.key)[0].lower() and read.key.upper().endswith("API_KEY"):
                continue  # a local server's client must send some key: OLLAMA_API_KEY, "ollama"
            above = read.node.parent
            if above is not None and above.type == "comparison_operator":
                continue  # it is asked whether it is the default
            value = "a literal" if kind is KeyKind.SECRET else f"`{found[0]}`"
            if kind is not KeyKind.SECRET and (
                _is_listened_on(read.node, module) or _is_logged(read, module)
            ):
                continue
            yield self.finding(
                module,
                found[1],
                f"`{read.key}` is a {kind.value} and falls back to {value}: a deployment that "
                "lacks it starts all the same",
                fixes=_fixes(read, found[1], module),
            )


def _is_for_development(path: str) -> bool:
    folders = path.removesuffix(".py").split("/")
    if any(not _NO_SERVICE.isdisjoint(words_of(one)) for one in folders[:-1]):
        return True
    return any(not DEVELOPMENT.isdisjoint(words_of(one)) for one in folders[-2:])


def _in_development(read: Read, module: Module) -> bool:
    """Whether a read is in a class, function or branch that is for development, or has such a key."""
    tree = module.tree
    key = words_of(read.key)
    if key and not DEVELOPMENT.isdisjoint((key[0], key[-1])):
        return True
    inner = read.node
    for above in ancestors(read.node):
        if above.type in ("class_definition", "function_definition"):
            name = above.child_by_field_name("name")
            if name is not None and not DEVELOPMENT.isdisjoint(words_of(tree.text(name))):
                return True
        elif above.type in ("if_statement", "conditional_expression", "elif_clause"):
            words = {one.upper() for one in _WORD.findall(_condition(above, module))}
            if not (DEVELOPMENT | _PRODUCTION).isdisjoint(words) and inner.type != "comparison_operator":
                return True
        inner = above
    return False


def _condition(node: Node, module: Module) -> str:
    held = node.child_by_field_name("condition")
    if held is None and node.type == "conditional_expression" and len(node.named_children) > 1:
        held = node.named_children[1]
    return module.tree.text(held) if held is not None else ""


def _is_logged(read: Read, module: Module) -> bool:
    """Whether a value is only told, in a log or a print."""
    calls = {one.node.id: one for one in module.tree.calls}
    around = (calls.get(one.id) for one in ancestors(read.node, "call"))
    return any(
        one is not None and (one.name == "builtins.print" or log_call(one, module.tree) is not None)
        for one in around
    )


def _is_listened_on(node: Node, module: Module) -> bool:
    """Whether a value is the `host` that a server is run with, directly or by a local name."""
    tree = module.tree
    if node.type == "assignment" and _LISTENED_ON.search(tree.text(node)):
        return True
    above = next(ancestors(node, "keyword_argument", "assignment", "block"), None)
    name = None
    if above is not None and above.type == "assignment":
        name = above.child_by_field_name("left")
    elif above is not None and above.type == "keyword_argument":
        call = next(ancestors(above, "call"), None)
        function = call.child_by_field_name("function") if call is not None else None
        return function is not None and tree.text(function).rpartition(".")[2] in _LOCAL_SERVERS
    if name is None or name.type != "identifier":
        return False
    return any(
        (given := call.argument(None, "host")) is not None and tree.text(given) == tree.text(name)
        for call in tree.calls
        if call.last in _LOCAL_SERVERS
    )


def _fixes(read: Read, whole: Node, module: Module) -> Sequence[OfferedFix]:
    tree = module.tree

    def edits() -> list[TextEdit] | Refusal:
        if whole.has_error:
            return Refusal("the statement has a syntax error")
        if read.source is Source.ENVIRONMENT:
            key = tree.text(read.key_node) if read.key_node is not None else repr(read.key)
            head = "os"
            imports = [module.add_import("import os")]
            for name, stands_for in tree.scopes.module.bound.items():
                if stands_for == "os":
                    head, imports = name, []
            if head == "os" and imports and "os" in tree.scopes.module.bound:
                return Refusal("the name `os` stands for something else here")
            return [*imports, module.replace(whole, f"{head}.environ[{key}]")]
        function = read.node.child_by_field_name("function")
        if read.source is Source.SETTINGS and function is not None:
            if function.type == "attribute":
                held = function.child_by_field_name("object")
                return [module.replace(whole, f"{tree.text(held)}[{read.key!r}]")] if held else []
            held = tree.calls_within(read.node)[0].argument(0)
            return [module.replace(whole, f"{tree.text(held)}.{read.key}")] if held else []
        if whole.id != read.node.id:
            return [module.replace(whole, tree.text(read.node))]
        if read.source is Source.FIELD:
            value = read.node.child_by_field_name("right")
            kept = read.node.child_by_field_name("type")
            if value is None or kept is None or value.type == "call":
                return Refusal("the field says more than its default")
            left = read.node.child_by_field_name("left")
            return [module.replace(read.node, f"{tree.text(left)}: {tree.text(kept)}")] if left else []
        default = read.default
        argument = default.parent if default is not None else None
        if argument is not None and argument.type == "argument_list":
            argument = default
        before = argument.prev_sibling if argument is not None else None
        if argument is None or before is None or before.type != ",":
            return Refusal("the default is not an argument of its own")
        start, end = tree.position(*before.start_point), tree.position(*argument.end_point)
        return [TextEdit(type(tree.range(argument))(start, end), "")]

    return [
        module.fix(
            "Require the value",
            edits,
            Applicability.UNSAFE,
            "Where the variable is not set, the program now fails when it is read.",
        )
    ]
