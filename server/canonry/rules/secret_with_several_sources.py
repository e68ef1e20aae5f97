"""CN303: one secret that is read in several places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from canonry.model import Applicability, Finding, Priority, Related, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.accessors import (
    Reads,
    accessor_for,
    counts,
    folded_secret,
    is_config_module,
    is_through_accessor,
    reads_by_key,
    related_to,
    same_service,
    use_accessor,
)
from canonry.rules.facts.environment import ENVIRONMENT, EnvironmentRead
from canonry.rules.facts.environment_reads import Source, reads_of
from canonry.rules.facts.keys import is_secret


class SecretWithSeveralSources(Rule):
    """## What it does
    Finds a secret that several modules of a service read by its key, or that is read once from the
    environment and once from a secret manager. Reported is each read after the accessor's, or after the
    first.

    ## Why is this bad?
    When the secret is rotated, or moves to a vault, one of the places is forgotten, and the service runs
    with two values of one key. Nobody can say any more who sees it. No other linter looks across modules
    for it.

    ## Example
    ```python
    # app/tokens.py and app/webhooks.py
    key = os.environ["JWT_SECRET"]
    ```

    ## Use instead
    ```python
    from app.config import settings

    key = settings.jwt_secret
    ```

    ## When it stays silent
    - all read it through one accessor, in whatever many places
    - one function tries one source after the other
    - tests, scripts and migrations; reads of another service, or of another library of the same repository;
      keys that are no secrets
    - the modules of one package of settings, which stand for each other
    """

    code: ClassVar[str] = "CN303"
    name: ClassVar[str] = "secret-with-several-sources"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    beats: ClassVar = ("CN301",)
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "two modules read the key",
            {
                "app/__init__.py": "",
                "app/tokens.py": 'import os\n\n\ndef sign(it):\n    return it + os.environ["JWT_SECRET"]\n',
                "app/webhooks.py": """\
import os


def verify(text):
    return text.endswith(os.getenv("JWT_SECRET"))  # want: CN303 app/tokens.py
""",
            },
        ),
        Invalid(
            "the configuration serves it",
            {
                "app/__init__.py": "",
                "app/config.py": 'import os\n\nJWT_SECRET = os.environ["JWT_SECRET"]\n',
                "app/auth.py": """\
import os


def sign(text):
    return text + os.environ["JWT_SECRET"]  # want: CN303 `JWT_SECRET`
""",
            },
            fixed={
                "app/auth.py": """\
import os

from app.config import JWT_SECRET


def sign(text):
    return text + JWT_SECRET
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the environment here, a secret manager there",
            {
                "app/__init__.py": "",
                "app/mail.py": 'import os\n\nPASSWORD = os.environ["SMTP_PASSWORD"]\n',
                "app/vault.py": """\
import boto3

client = boto3.client("secretsmanager")


def connect(server):
    server.login("app", client.get_secret_value(SecretId="smtp-password"))  # want: CN303 secret manager
""",
            },
        ),
        Invalid(
            "a field of a settings class, and the environment beside it",
            {
                "app/__init__.py": "",
                "app/settings.py": """\
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    stripe_api_key: str


settings = Settings()
""",
                "app/payments.py": """\
import os

import stripe

stripe.api_key = os.environ["STRIPE_API_KEY"]  # want: CN303 `settings.stripe_api_key`
""",
            },
            fixed={
                "app/payments.py": """\
import os

import stripe

from app.settings import settings

stripe.api_key = settings.stripe_api_key
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a resource of Google's manager, through a function that is given the key",
            {
                "app/vault.py": """\
from google.cloud import secretmanager

client = secretmanager.SecretManagerServiceClient()


def access(name):
    path = f"projects/shop/secrets/{name}/versions/latest"
    return client.access_secret_version(name=path).payload.data.decode()


def stripe_key():
    return access("STRIPE_API_KEY")


def jwt_secret():
    return client.access_secret_version(name="projects/shop/secrets/jwt-secret/versions/3").payload.data
""",
                "app/z_pay.py": """\
import os

KEY = os.environ["STRIPE_API_KEY"]  # want: CN303 STRIPE_API_KEY
SECRET = os.environ["JWT_SECRET"]  # want: CN303 JWT_SECRET
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "libraries of one repository, each of which is released by itself",
            {
                "packages/mail/pyproject.toml": """\
[project]
name = 'mail'
""",
                "packages/mail/mail/keys.py": """\
import os

KEY = os.environ["API_SECRET"]
""",
                "packages/voice/pyproject.toml": """\
[project]
name = 'voice'
""",
                "packages/voice/voice/keys.py": """\
import os

KEY = os.environ["API_SECRET"]
""",
            },
        ),
        Valid(
            "all go through one accessor",
            {
                "app/__init__.py": "",
                "app/config.py": "import os\n\n\ndef get_secret(name):\n    return os.environ[name]\n",
                "app/a.py": 'from app.config import get_secret\n\nKEY = get_secret("JWT_SECRET")\n',
                "app/b.py": 'from app.config import get_secret\n\nKEY = get_secret("JWT_SECRET")\n',
            },
        ),
        Valid(
            "one module reads it, twice",
            """\
import os


def sign(text):
    return text + os.environ["JWT_SECRET"]


def verify(text):
    return text.endswith(os.environ["JWT_SECRET"])
""",
        ),
        Valid(
            "whether there is one, no use of it",
            {
                "app/keys.py": 'import os\n\nKEY = os.environ["JWT_SECRET"]\n',
                "app/health.py": 'import os\n\nREADY = os.environ.get("JWT_SECRET") is not None\n',
            },
        ),
        Valid(
            "one function tries the manager, then the environment",
            """\
import os

import boto3

client = boto3.client("secretsmanager")


def jwt_secret():
    try:
        return client.get_secret_value(SecretId="JWT_SECRET")["SecretString"]
    except client.exceptions.ResourceNotFoundException:
        return os.environ["JWT_SECRET"]
""",
        ),
        Valid(
            "each service reads its own",
            {
                "canonry.toml": '[services]\nauth = "auth"\nweb = "web"\n',
                "auth/keys.py": 'import os\n\nKEY = os.environ["JWT_SECRET"]\n',
                "web/keys.py": 'import os\n\nKEY = os.environ["JWT_SECRET"]\n',
            },
        ),
        Valid(
            "a test and a script",
            {
                "app/__init__.py": "",
                "app/keys.py": 'import os\n\nKEY = os.environ["JWT_SECRET"]\n',
                "scripts/rotate.py": 'import os\n\nprint(len(os.environ["JWT_SECRET"]))\n',
                "tests/test_keys.py": 'import os\n\n\ndef test_key():\n    assert os.environ["JWT_SECRET"]\n',
            },
        ),
        Valid(
            "no secret",
            {
                "app/__init__.py": "",
                "app/a.py": 'import os\n\nLIMIT = os.environ["MAX_TOKENS"]\n',
                "app/b.py": 'import os\n\nLIMIT = os.environ["MAX_TOKENS"]\n',
            },
        ),
        Valid(
            "one of the settings modules is used",
            {
                "app/settings/__init__.py": "",
                "app/settings/staging.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
                "app/settings/production.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each read of a secret that has another source."""
        if not module.is_production or not context.rows_of(ENVIRONMENT, module.path):
            return
        reads = reads_by_key(context)
        for read in reads_of(module.tree):
            if not read.key or not is_secret(read.key) or read.source in (Source.FIELD, Source.SETTINGS):
                continue
            place = module.tree.range(read.node)
            sites = _sites(read.key, reads, module, context)
            mine = next(
                (
                    one
                    for path, one in sites
                    if path == module.path
                    and (one.line, one.column) == (place.start.line, place.start.column)
                ),
                None,
            )
            if mine is None:
                continue
            first_path, first = sites[0]
            group = _place(first_path, context, reads)
            if _place(module.path, context, reads) == group:
                same_kind = (first.source == Source.MANAGER) == (mine.source == Source.MANAGER)
                if same_kind or first.function == mine.function:
                    continue
            accessor = accessor_for(read.key, module, context)
            if accessor is not None and accessor.path == module.path:
                accessor = None
            what = "a secret manager" if mine.source == Source.MANAGER else "the environment"
            if accessor is not None:
                told = f"`{accessor.said}` ({accessor.path}) serves it"
                related = [related_to(accessor, context)]
            else:
                other = "secret manager" if first.source == Source.MANAGER else "environment"
                told = f"{first_path} reads it from the {other} already"
                related = [Related("read", context.location(first_path, first.line, first.column))]
            yield self.finding(
                module,
                place,
                f"The secret `{read.key}` is read from {what} here, and {told}",
                related=related,
                fixes=[use_accessor(accessor, read, module, context)] if accessor is not None else (),
            )


def _sites(key: str, reads: Reads, module: Module, context: RuleContext) -> list[tuple[str, EnvironmentRead]]:
    """The places of the service that read a secret themselves, the accessor's first."""
    found = [
        (path, row)
        for path, row in reads.by_secret.get(folded_secret(key), ())
        if counts(path, context)
        and same_service(path, module, context)
        and not context.services.are_apart(path, module.path)
        and row.source != Source.SETTINGS
        and not (row.source in (Source.READER, Source.MANAGER) and is_through_accessor(row, context))
    ]

    def order(one: tuple[str, EnvironmentRead]) -> tuple[object, ...]:
        path, row = one
        config = is_config_module(path, context, reads)
        rank = 0 if config and row.serves else 1 if config else 2 if row.serves == row.function != "" else 3
        return (rank, path, row.line, row.column)

    return sorted(found, key=order)


def _place(path: str, context: RuleContext, reads: Reads) -> str:
    """What stands for a file: the package of settings that it belongs to, else itself."""
    if is_config_module(path, context, reads) and "/" in path:
        folder = path.rpartition("/")[0]
        if is_config_module(f"{folder}/some.py", context, reads):
            return folder
    return path
