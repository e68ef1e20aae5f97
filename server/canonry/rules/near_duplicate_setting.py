"""CN008: two spellings of one environment variable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Related, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.accessors import is_config_module, reads_by_key, same_service
from canonry.rules.facts.environment import ENVIRONMENT, EnvironmentRead
from canonry.rules.facts.environment_reads import Read, Source, reads_of
from canonry.rules.facts.keys import STAGES, words_of
from canonry.scopes.roles import Role

_LONG: Mapping[str, tuple[str, ...]] = {
    "DB": ("DATABASE",),
    "PWD": ("PASSWORD",),
    "PASSWD": ("PASSWORD",),
    "PASS": ("PASSWORD",),
    "APIKEY": ("API", "KEY"),
    "HOSTNAME": ("HOST",),
    "USERNAME": ("USER",),
    "URI": ("URL",),
    "CFG": ("CONFIGURATION",),
    "CONF": ("CONFIGURATION",),
    "CONFIG": ("CONFIGURATION",),
    "MSG": ("MESSAGE",),
    "ADDR": ("ADDRESS",),
    "DIR": ("DIRECTORY",),
    "CRED": ("CREDENTIAL",),
    "CREDS": ("CREDENTIAL",),
    "SVC": ("SERVICE",),
    "SRV": ("SERVER",),
    "ORG": ("ORGANIZATION",),
    "REPO": ("REPOSITORY",),
    "POSTGRESQL": ("POSTGRES",),
    "PG": ("POSTGRES",),
    "PSQL": ("POSTGRES",),
    "CERT": ("CERTIFICATE",),
    "ACCT": ("ACCOUNT",),
    "ENV": ("ENVIRONMENT",),
    "STG": ("STAGING",),
    "STAGE": ("STAGING",),
    "PROD": ("PRODUCTION",),
    "PRD": ("PRODUCTION",),
    "DEV": ("DEVELOPMENT",),
    "DEVEL": ("DEVELOPMENT",),
    "MAX": ("MAXIMUM",),
    "MIN": ("MINIMUM",),
    "NUM": ("NUMBER",),
    "K8S": ("KUBERNETES",),
    "MGR": ("MANAGER",),
    "AUTHN": ("AUTHENTICATION",),
}
"""Abbreviations in the names of variables, to what they stand for."""
_ORDERED = frozenset(("TO", "FROM", "BY", "PER", "OF", "FOR", "VS", "NO", "NOT", "IF", "ON", "OFF", "IN"))
"""Words that make the order of the others matter."""
_NO_PLURALS = frozenset(
    ("HTTPS", "CORS", "REDIS", "AWS", "DNS", "TLS", "OS", "JS", "NEWS", "ALIAS", "SAAS", "CSS", "GCS", "GAS")
)


class NearDuplicateSetting(Rule):
    """## What it does
    Finds a read of an environment variable or settings key of which the same service has another, commoner
    spelling: other order, an abbreviation (`DB`, `DATABASE`), a plural; and a name whose suffix for a
    deployment is none of `config.suffixes`.

    ## Why is this bad?
    One of the two is set in the deployment, the other has its default. The part that reads it works on a
    developer's machine and not in production, or the other way. No other linter compares keys.

    ## Example
    ```python
    client_id = os.environ["OAUTH_GOOGLE_CLIENT_ID"]  # GOOGLE_OAUTH_CLIENT_ID everywhere else
    ```

    ## Use instead
    ```python
    client_id = os.environ["GOOGLE_OAUTH_CLIENT_ID"]
    ```

    ## When it stays silent
    - the two are in one group of `config.distinct`
    - one statement reads both: one is the fallback of the other
    - a singular and a plural that one module reads: one value and a list of them
    - tests; keys of other services; proxies, whose variables have two cases by convention
    """

    code: ClassVar[str] = "CN008"
    name: ClassVar[str] = "near-duplicate-setting"
    severity: ClassVar[Severity] = Severity.INFORMATION
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "another order of the words",
            {
                "app/login.py": 'import os\n\nID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]\n',
                "app/link.py": 'import os\n\nID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]\n',
                "app/admin.py": """\
import os

ID = os.environ["OAUTH_GOOGLE_CLIENT_ID"]  # want: CN008 `GOOGLE_OAUTH_CLIENT_ID`
""",
            },
            fixed={"app/admin.py": 'import os\n\nID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]\n'},
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "an abbreviation; on a tie the configuration's spelling wins",
            {
                "app/config.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
                "app/audit.py": 'import os\n\nURL = os.getenv("DB_URL")  # want: CN008 `DATABASE_URL`\n',
            },
            fixed={"app/audit.py": 'import os\n\nURL = os.getenv("DATABASE_URL")\n'},
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a plural in another module, and a settings class",
            {
                "app/settings.py": """\
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    allowed_origins: str
""",
                "app/cors.py": 'import os\n\nCORS = os.getenv("ALLOWED_ORIGIN", "")  # want: CN008 ORIGINS\n',
            },
        ),
        Invalid(
            "a suffix that the convention does not have",
            {
                "canonry.toml": '[config]\nsuffixes = ["_STAGING", "_PRODUCTION"]\n',
                "app/db.py": """\
import os

URL = os.environ["DATABASE_URL_PRODUCTION"]
OTHER = os.environ["DATABASE_URL_STG"]  # want: CN008 `DATABASE_URL_STAGING`
THIRD = os.environ["PRODUCTION_CACHE_URL"]  # want: CN008 `CACHE_URL_PRODUCTION`
""",
            },
        ),
    )
    VALID: ClassVar = (
        Valid(
            "said to be distinct",
            {
                "canonry.toml": '[config]\ndistinct = [["DB_URL", "DATABASE_URL"]]\n',
                "app/config.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
                "app/audit.py": 'import os\n\nURL = os.environ["DB_URL"]\n',
            },
        ),
        Valid(
            "one is the other's fallback",
            {
                "app/config.py": 'import os\n\nURL = os.getenv("DATABASE_URL") or os.getenv("DB_URL")\n',
                "app/audit.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
            },
        ),
        Valid(
            "other words, or other numbers",
            """\
import os

A = os.environ["S3_BUCKET_1"]
B = os.environ["S3_BUCKET_2"]
C = os.environ["DATABASE_URL"]
D = os.environ["DATABASE_URL_STAGING"]
E = os.environ["REDIS_URL"]
""",
        ),
        Valid(
            "each service has its own",
            {
                "canonry.toml": '[services]\nauth = "auth"\nweb = "web"\n',
                "auth/db.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
                "web/db.py": 'import os\n\nURL = os.environ["DB_URL"]\n',
            },
        ),
        Valid(
            "the order of words matters beside TO",
            {
                "app/a.py": 'import os\n\nRATE = os.environ["RATE_EUR_TO_USD"]\n',
                "app/b.py": 'import os\n\nRATE = os.environ["RATE_USD_TO_EUR"]\n',
            },
        ),
        Valid(
            "proxies are read in both cases, one key and a list of keys by one module",
            """\
import os

PROXY = os.getenv("HTTP_PROXY")
LOWER = os.getenv("http_proxy")
KEY = os.getenv("SEARCH_API_KEY")
KEYS = os.getenv("SEARCH_API_KEYS", "").split(",")
""",
        ),
        Valid(
            "a test's variable",
            {
                "app/db.py": 'import os\n\nURL = os.environ["DATABASE_URL"]\n',
                "tests/test_db.py": 'import os\n\nURL = os.environ["DB_URL"]\n',
            },
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each read of the rarer spelling, or of a name against the convention."""
        if module.is_test or not context.rows_of(ENVIRONMENT, module.path):
            return
        folds = context.derived(ENVIRONMENT, by_fold)
        for read in reads_of(module.tree):
            if not read.key or read.source is Source.MANAGER or read.key.upper().endswith("_PROXY"):
                continue
            at = read.key_node if read.source is Source.FIELD and read.key_node is not None else read.node
            wanted = _by_convention(read.key, context.settings.config.suffixes)
            if wanted:
                yield self.finding(
                    module,
                    at,
                    f"`{read.key}` is not how deployments are told apart here: `{wanted}`",
                    fixes=_fixes(read, wanted, module),
                )
                continue
            held = folds.get(folded(read.key))
            other = _commoner(read.key, held, module, context) if held else None
            if other is None:
                continue
            path, row, count, mine = other
            yield self.finding(
                module,
                at,
                f"`{read.key}` ({_times(mine)}) looks like another spelling of `{row.key}` ({_times(count)})",
                related=[Related(row.key, context.location(path, row.line, row.column))],
                fixes=_fixes(read, row.key, module),
            )


def _times(count: int) -> str:
    return "read once" if count == 1 else f"read {count} times"


@lru_cache(maxsize=8192)
def folded(key: str) -> tuple[str, ...]:
    """What two spellings of one key have in common; a single word stands for itself."""
    words = words_of(key)
    if len(words) < 2:
        return (key,)
    long = [part for word in words for part in _LONG.get(word, (word,))]
    singular = [_singular(one) for one in long]
    return tuple(singular if not _ORDERED.isdisjoint(singular) else sorted(singular))


def _singular(word: str) -> str:
    if len(word) < 4 or word in _NO_PLURALS or not word.endswith("S") or word.endswith(("SS", "US", "IS")):
        return word
    return f"{word[:-3]}Y" if word.endswith("IES") and len(word) > 5 else word[:-1]


Sites = Sequence[tuple[str, EnvironmentRead]]


def by_fold(rows: Mapping[str, tuple[EnvironmentRead, ...]]) -> Mapping[tuple[str, ...], Sites]:
    """Reads of keys that have several spellings, by what these have in common; for `derived`."""
    found: dict[tuple[str, ...], list[tuple[str, EnvironmentRead]]] = {}
    for path, held in rows.items():
        for one in held:
            if one.key and one.source != Source.MANAGER:
                found.setdefault(folded(one.key), []).append((path, one))
    return {fold: sites for fold, sites in found.items() if len({one.key for _, one in sites}) > 1}


def _commoner(
    key: str, held: Sites, module: Module, context: RuleContext
) -> tuple[str, EnvironmentRead, int, int] | None:
    """A read of the spelling that a key should have, how often it is read, and how often the key is."""
    sites = [
        (path, one)
        for path, one in held
        if same_service(path, module, context) and context.role(path) not in (Role.TEST, Role.CONFTEST)
    ]
    if _are_distinct(key, sites, context):
        sites = [one for one in sites if not _listed_together(key, one[1].key, context)]
    mine = [one for one in sites if one[1].key == key]
    statements = {(path, one.statement) for path, one in mine}
    files = {path for path, _ in mine}
    left = [
        (path, one)
        for path, one in sites
        if one.key != key
        and not any((path_, other.statement) in statements for path_, other in sites if other.key == one.key)
        and not (_is_plural_of(key, one.key) and any(p in files for p, o in sites if o.key == one.key))
    ]
    if not left:
        return None
    reads = reads_by_key(context)
    counted = Counter(one.key for _, one in sites)
    configured = {one.key for path, one in sites if is_config_module(path, context, reads)}
    first = min(left, key=lambda one: (-counted[one[1].key], one[1].key not in configured, one[1].key))

    def weight(one: str) -> tuple[int, bool]:
        return counted[one], one in configured

    theirs, own = weight(first[1].key), weight(key)
    if theirs < own or (theirs == own and _is_earlier(key, first[1].key, sites)):
        return None
    return first[0], first[1], counted[first[1].key], counted[key]


def _is_earlier(key: str, other: str, sites: Sites) -> bool:
    order = [one.key for _, one in sites]
    return order.index(key) < order.index(other)


def _is_plural_of(one: str, other: str) -> bool:
    first, second = words_of(one), words_of(other)
    return len(first) == len(second) and all(
        a == b or _singular(a) == _singular(b) for a, b in zip(first, second, strict=True)
    )


def _are_distinct(key: str, sites: Sites, context: RuleContext) -> bool:
    return any(_listed_together(key, one.key, context) for _, one in sites)


def _listed_together(key: str, other: str, context: RuleContext) -> bool:
    return key != other and any(key in group and other in group for group in context.settings.config.distinct)


def _by_convention(key: str, suffixes: Sequence[str]) -> str:
    """How a key should be called by the convention of suffixes; "" where it keeps to it."""
    if not suffixes:
        return ""
    allowed = {_LONG.get(one.strip("_"), (one.strip("_"),))[0]: one for one in suffixes}
    words = key.split("_")
    if len(words) < 2 or any(key.endswith(one) for one in suffixes):
        return ""
    for at, rest in ((-1, words[:-1]), (0, words[1:])):
        word = words[at]
        suffix = allowed.get(_LONG.get(word, (word,))[0])
        if word in STAGES and suffix is not None:
            return "_".join(rest) + suffix
    return ""


def _fixes(read: Read, wanted: str, module: Module) -> list[OfferedFix]:
    node = read.key_node
    if node is None or read.source is Source.FIELD or module.tree.string(node) is None:
        return []

    def edits() -> list[TextEdit] | Refusal:
        text = module.tree.text(node)
        quoted = re.fullmatch(r"(['\"])[^'\"\\]*\1", text)
        return (
            [module.replace(node, f"{text[0]}{wanted}{text[0]}")] if quoted else Refusal("no plain literal")
        )

    return [
        module.fix(
            f"Read `{wanted}`",
            edits,
            Applicability.UNSAFE,
            f"Deployments that set `{read.key}` alone must set the other.",
        )
    ]
