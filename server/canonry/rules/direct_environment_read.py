"""CN301: the environment is read although the project's configuration serves that key."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from canonry.model import Applicability, Finding, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.accessors import (
    accessor_for,
    is_config_module,
    reads_by_key,
    related_to,
    use_accessor,
)
from canonry.rules.facts.environment import ENVIRONMENT
from canonry.rules.facts.environment_reads import Source, is_asked_for, reads_of

_CONFIG = """\
import os

REDIS_URL = os.environ["REDIS_URL"]


def database_url():
    return os.environ["DATABASE_URL"]
"""
_READER = """\
import os


def setting(name, default=None):
    return os.environ.get(name, default)
"""


class DirectEnvironmentRead(Rule):
    """## What it does
    Finds `os.environ` and `os.getenv` outside the modules of the configuration, where a function, constant
    or settings field of the same service already serves that key, and names it.

    ## Why is this bad?
    The default, the conversion and the name of a variable are then decided in several places, and changing
    one of them is found out in production. flake8-os-environ forbids every read; this rule speaks only
    where there is something to use instead.

    ## Example
    ```python
    client = redis.from_url(os.environ["REDIS_URL"])
    ```

    ## Use instead
    ```python
    from app.config import REDIS_URL

    client = redis.from_url(REDIS_URL)
    ```

    ## When it stays silent
    - no accessor in the same service serves the key
    - tests, scripts, migrations, and the modules of the configuration (`config.modules`; else modules and
      packages called config, settings, env..., and those with a pydantic settings class)
    - writes, copies of the whole environment, keys that are computed
    - the accessor's module imports this one
    """

    code: ClassVar[str] = "CN301"
    name: ClassVar[str] = "direct-environment-read"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P2
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a constant of the configuration has the value",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "app/cache.py": """\
import os

import redis


def connect():
    return redis.from_url(os.environ["REDIS_URL"])  # want: CN301 `REDIS_URL`
""",
            },
            fixed={
                "app/cache.py": """\
import os

import redis

from app.config import REDIS_URL


def connect():
    return redis.from_url(REDIS_URL)
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a function has it",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "app/db.py": """\
from os import getenv

from app.config import database_url

URL = getenv("DATABASE_URL")  # want: CN301 `database_url()`
""",
            },
            fixed={
                "app/db.py": """\
from os import getenv

from app.config import database_url

URL = database_url()
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a field of a settings class, with its prefix",
            {
                "app/__init__.py": "",
                "app/core.py": """\
from functools import lru_cache

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")

    smtp_host: str


@lru_cache
def get_settings():
    return Settings()
""",
                "app/mail.py": """\
import os


def server():
    return os.environ.get("APP_SMTP_HOST")  # want: CN301 `get_settings().smtp_host`
""",
            },
            fixed={
                "app/mail.py": """\
import os

from app.core import get_settings


def server():
    return get_settings().smtp_host
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a function that is given the key already gives this one elsewhere",
            {
                "app/__init__.py": "",
                "app/environment.py": _READER,
                "app/mail.py": """\
from app.environment import setting

SENDER = setting("MAIL_SENDER")
""",
                "app/report.py": """\
import os

SENDER = os.getenv("MAIL_SENDER")  # want: CN301 `setting(...)`
""",
            },
            fixed={
                "app/report.py": """\
import os

from app.environment import setting

SENDER = setting("MAIL_SENDER")
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the accessor gives a list of it: it cannot be put in the text's place as it is",
            {
                "app/__init__.py": "",
                "app/config.py": """\
import os


def features():
    raw = os.environ.get("FEATURES", "")
    return [one for one in raw.split(",") if one]
""",
                "app/shop.py": """\
import os

FAST = "fast" in os.environ.get("FEATURES", "").split(",")  # want: CN301 `features()` (app/config.py)
""",
            },
        ),
        Invalid(
            "a field that a class method fills; a path that is made of the value",
            {
                "app/__init__.py": "",
                "app/config.py": """\
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Config:
    zone: str
    batch: int

    @classmethod
    def from_env(cls):
        return cls(zone=os.environ["ZONE"], batch=int(os.environ["BATCH"]))


config = Config.from_env()


def media_root():
    return Path(os.environ["MEDIA"]).resolve()
""",
                "app/planner.py": """\
import os


def label(order):
    return f"{os.environ['ZONE']}/{order}"  # want: CN301 config.zone


def size():
    return int(os.environ["BATCH"])  # want: CN301 config.batch


def picture(name):
    return f"file://{os.environ['MEDIA']}/{name}"  # want: CN301 media_root()
""",
            },
            fixed={
                "app/planner.py": """\
import os

from app.config import config


def label(order):
    return f"{config.zone}/{order}"


def size():
    return int(os.environ["BATCH"])


def picture(name):
    return f"file://{os.environ['MEDIA']}/{name}"
""",
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a module that imports its own package relatively gets the accessor in the same way",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "app/jobs/__init__.py": "",
                "app/jobs/names.py": 'LABEL = "jobs"\n',
                "app/jobs/cache.py": """\
import os

from .names import LABEL


def url():
    return f"{os.environ['REDIS_URL']}/{LABEL}"  # want: CN301
""",
            },
            fixed={
                "app/jobs/cache.py": """\
import os

from ..config import REDIS_URL
from .names import LABEL


def url():
    return f"{REDIS_URL}/{LABEL}"
""",
            },
            applicability=Applicability.UNSAFE,
        ),
    )
    VALID: ClassVar = (
        Valid(
            "nothing serves the key, or only whether there is a value is asked",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "app/mail.py": 'import os\n\nHOST = os.environ["SMTP_HOST"]\n',
                "app/ready.py": 'import os\n\nREADY = os.getenv("REDIS_URL") is not None\n',
            },
        ),
        Valid(
            "the configuration reads it in another of its modules",
            {
                "app/__init__.py": "",
                "app/settings/__init__.py": "",
                "app/settings/base.py": _CONFIG,
                "app/settings/production.py": 'import os\n\nREDIS_URL = os.environ["REDIS_URL"]\n',
            },
        ),
        Valid(
            "tests and scripts go their own way",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "tests/test_cache.py": 'import os\n\n\ndef test_url():\n    assert os.environ["REDIS_URL"]\n',
                "scripts/warm.py": 'import os\n\nprint(os.environ["REDIS_URL"])\n',
            },
        ),
        Valid(
            "a write and a copy are no reads of the key",
            {
                "app/__init__.py": "",
                "app/config.py": _CONFIG,
                "app/run.py": """\
import os
import subprocess


def run(command):
    environment = os.environ.copy()
    environment["REDIS_URL"] = "redis://replica"
    os.environ["REDIS_URL"] = "redis://replica"
    subprocess.run(command, env=environment, check=True)
""",
            },
        ),
        Valid(
            "another service's configuration is not this one's",
            {
                "canonry.toml": '[services]\nauth = "auth"\nweb = "web"\n',
                "auth/config.py": _CONFIG,
                "web/cache.py": 'import os\n\nURL = os.environ["REDIS_URL"]\n',
            },
        ),
        Valid(
            "the configuration imports this module, which cannot import it back",
            {
                "app/__init__.py": "",
                "app/config.py": "from app.paths import ROOT\n" + _CONFIG,
                "app/paths.py": 'import os\n\nROOT = "/srv"\nURL = os.environ.get("REDIS_URL")\n',
            },
        ),
        Valid(
            "what is made of the value, or of several keys, is no accessor of the key",
            {
                "app/__init__.py": "",
                "app/config.py": """\
import os

import redis

CACHE = redis.from_url(os.environ["REDIS_URL"])


def label():
    return os.getenv("BRANCH") or os.getenv("TAG")


def is_fast():
    return os.environ.get("REDIS_URL") == "memory"
""",
                "app/queue.py": """\
import os

import rq

QUEUE = rq.Queue(os.environ["REDIS_URL"], os.getenv("BRANCH"))
""",
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each read of a key that an accessor serves."""
        if not module.is_production or not context.rows_of(ENVIRONMENT, module.path):
            return
        reads = reads_by_key(context)
        if is_config_module(module.path, context, reads):
            return
        for read in reads_of(module.tree):
            if read.source is not Source.ENVIRONMENT or not read.key or is_asked_for(read.node):
                continue
            accessor = accessor_for(read.key, module, context)
            if accessor is None:
                continue
            place = module.tree.range(read.node)
            if accessor.path == module.path:
                function = module.tree.scope_of(read.node).function
                if function is not None and function.local_name == accessor.row.serves:
                    continue
            at = f" ({accessor.path})" if accessor.path != module.path else ""
            yield self.finding(
                module,
                place,
                f"`{read.key}` is read directly; `{accessor.said}`{at} serves it",
                related=[related_to(accessor, context)],
                fixes=[use_accessor(accessor, read, module, context)],
            )
