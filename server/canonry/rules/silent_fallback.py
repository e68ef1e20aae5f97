"""CN203: a broad except that falls back without a trace."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.attempts import has_another_way, leaves, names_set
from canonry.rules.facts.foreseen import (
    beside_logs,
    docstring_around,
    in_another,
    is_announced,
    is_checked,
    is_explained,
    is_explained_within,
    is_harmless,
    is_in_a_test,
    is_intended,
    is_measured,
    is_told_later,
    outermost,
    tidies,
)
from canonry.rules.facts.handlers import BROAD, EXITS, INFO, is_broad, log_call, mentions
from canonry.scopes.roles import Role
from canonry.syntax import Call, ModuleTree, Scope
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors, block_of

_LOGGERS = ("logger", "log", "_logger", "_log", "LOGGER", "LOG", "_LOGGER")
"""Names under which modules have their logger."""
_CLEANUP = frozenset(
    (
        *("close", "aclose", "disconnect", "shutdown", "stop", "quit", "kill", "terminate", "cancel"),
        *("unlink", "rmtree", "rollback", "release", "dispose", "unsubscribe", "cleanup", "detach"),
        *("teardown", "tear_down", "invalidate", "destroy"),
    )
)
"""A try around one such call alone tidies up; there is nothing left to do for what it cannot."""
_CLOSES = re.compile(r"(^|_)a?close(_|$)")
_ENDS = re.compile(r"(proc|process|popen|child|thread)\.(wait|join|communicate)$", re.IGNORECASE)
"""Calls that wait for the end of something that runs beside."""
_ASKS = re.compile(
    r"^_*(is|was|has|can|should|supports?|try|probe|detect)(_|$)|_(is|has)_|^_*is(?!sue|olate)[a-z]+$|"
    r"^__(eq|ne|contains|str|repr|getattr)__$"
)
_IGNORES = re.compile(
    r"(^|_)(ignor(e|ing)|swallow|suppress|silenced?|drop_(exception|error)s?|telemetry)(_|$)|"
    r"^_*handle_(\w+_)?(exception|error|failure)s?$|except_?hook$|^handleError$"
)
"""Names of functions that hide errors, handle another one, or tell a program's makers how it is used."""
_TELLS = re.compile(
    r"unknown|error|fail|invalid|unavailable|not (found|running|available)|\bno \w+ (found|available)|"
    r"^[\"']\?[\"']$",
    re.IGNORECASE,
)
"""Texts that say themselves that there is no answer."""
_STATUS = re.compile(r"(^|\.)[A-Z]\w*[a-z]\w*\.[A-Z_]+$")
"""A member of an enumeration: `Status.UNKNOWN`."""
_TELEMETRY = re.compile(r"(^|/)telemetry(/|\.py$)")
"""Paths of what must not get in the way of the program that it is about."""
_TOLD = re.compile(r"^_*log_?(warn(ing)?|error|exception|critical|fatal)$")
"""Methods of a class by which it logs."""
_PAINTS = frozenset(("addstr", "addnstr", "addch", "insstr", "hline", "vline", "attron", "attroff"))
"""Calls of curses, which fail where the terminal is too small: also after the last cell has been written."""
_STOPS = frozenset(("kill", "terminate", "wait", "communicate", "join", "cancel"))
"""Calls by which something that runs beside is ended, and waited for."""
_CLEANS_UP = re.compile(r"(^|_)clean_?up(_|$)")
_DESTROYS = re.compile(
    r"(^|_)(stop|destroy|tear_?down|clean_?up|shut_?down|close|delete|remove|release|reset|dispose)(_|$)"
)
"""Names of functions that tidy up."""
_ASKED = frozenset(("builtins.getattr", "builtins.hasattr", "builtins.isinstance"))
_ANSWERS = frozenset(("all", "any", "bool", "callable", "hasattr", "isinstance", "issubclass"))
_DOCUMENTED = re.compile(
    r"(?P<value>None|False|0|-1|\[\]|\{\}|\([^()]*\)|\"\")[`*]*\s+"
    r"(?:(?:is|are|will be)\s+(?:returned|given)\s+)?"
    r"(?:if|when|for|on|in case)\b[^.]*?\b"
    r"(?:fail\w*|errors?|exceptions?|invalid|unknown|unable|unavailable|cannot|can'?t|could ?n[o']t|"
    r"malformed|corrupt\w*|unreadable|not (?:an? |be )?(?:valid|found|read|parsed?|available))\b",
    re.IGNORECASE,
)
"""A docstring that says for which case a value is returned: ``False`` if unknown."""
_IN_CASE = re.compile(
    r"\b(?:on|in case of)\s+(?:an?\s+|any\s+)?(?:errors?|failures?|exceptions?),?\s+(?:it\s+)?"
    r"(?:returns?\s+)?[`*]*(?P<value>None|False|0|-1|\[\]|\{\}|\"\")(?!\w)",
    re.IGNORECASE,
)
"""The other way round: on error, ``None`` is returned."""
_EMPTY = {"list": "[]", "dict": "{}", "dictionary": "{}", "tuple": "()", "string": '""'}
_NAMED_EMPTY = re.compile(r"\b(?:an )?empty (list|dict|dictionary|tuple|string)\b", re.IGNORECASE)
_CONSTANTS = frozenset(("none", "true", "false", "integer", "float", "ellipsis"))
_CONTAINERS = frozenset(("list", "tuple", "dictionary", "set", "pair", "unary_operator", "expression_list"))


class SilentFallback(Rule):
    """## What it does
    Finds an `except Exception`, `except BaseException` or bare `except` that passes, continues or
    returns a constant, with nothing logged or raised, and `contextlib.suppress(Exception)`.

    ## Why is this bad?
    Every error looks like the normal case: a typing mistake, a lost connection and an empty result are
    all the same `None`. The cause is found days later, somewhere else. ruff has S110, S112 and BLE001 for
    the except alone; this rule asks what becomes of the error, and knows cleanup from fallback.

    ## Example
    ```python
    def user_count(db):
        try:
            return db.count("users")
        except Exception:
            return 0
    ```

    ## Use instead
    ```python
    def user_count(db):
        try:
            return db.count("users")
        except DatabaseError:
            logger.exception("user_count failed")
            raise
    ```

    ## When it stays silent
    - narrow exceptions, those that the fallback answers
    - anything is called in the except block: a log, a metric, `print`, `capture_exception`
    - the block raises, or returns something that is computed, or keeps the exception
    - the try only imports (and takes what it has imported), only asks for an attribute (`getattr`), or only
      tidies up (`close`, `cancel`, `unlink`...), or is in `__del__`, in `finally` or another handler, or
      right before `sys.exit`
    - the try only logs, deletes, takes the next thing from a queue (`popleft`), or waits for a task by name
      or for a process to end; a step of several by which a function tidies up; telemetry
    - a comment in the block or beside the `except` that says why, `noqa: BLE001` (or S110, S112, and
      `nosec B110`), or words above it (`best effort`, `ignore`), or a
      docstring that tells for which case the value is returned
    - one of several attempts, where the loop's `else` or an error behind it tells that none has worked, or
      another way to the same follows (as for CN201); an error is raised right after it, or a log stands there
      that is not reached where it works
    - a function whose answer is whether something works (`is_reachable`, one that returns a comparison, the
      `False` of a `validate_...` or of one that tells *whether*), or that is there to hide errors
      (`drop_exception`)
    - a text is returned that says itself that there is no answer (`unknown`)
    - tests and migrations
    """

    code: ClassVar[str] = "CN203"
    name: ClassVar[str] = "silent-fallback"
    severity: ClassVar[Severity] = Severity.WARNING
    signs: ClassVar = (AnyOf(b"except", b"suppress"),)
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a constant is returned as if all were well",
            """\
import logging

logger = logging.getLogger(__name__)


def user_count(db):
    try:
        return db.count("users")
    except Exception:  # want: CN203 returns `0`
        return 0
""",
            fixed="""\
import logging

logger = logging.getLogger(__name__)


def user_count(db):
    try:
        return db.count("users")
    except Exception:
        logger.exception("user_count failed")
        raise
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a bare except that passes",
            """\
def warm_up(cache):
    try:
        cache.load()
    except:  # want: CN203 hides every error
        # later
        pass
""",
            fixed="""\
import logging


def warm_up(cache):
    try:
        cache.load()
    except:
        # later
        logging.getLogger(__name__).exception("warm_up failed")
        raise
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "what is called `logger` is a module of the workspace, which gives loggers",
            {
                "app/__init__.py": "",
                "app/logger.py": "import logging\n\n\ndef create():\n    return logging.getLogger()\n",
                "app/shop.py": """\
from app import logger

log = logger.create()


def total(cart):
    try:
        return cart.total()
    except Exception:  # want: CN203
        return 0
""",
            },
            fixed={
                "app/shop.py": """\
from app import logger

log = logger.create()


def total(cart):
    try:
        return cart.total()
    except Exception:
        log.exception("total failed")
        raise
"""
            },
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "the rest of a loop goes on",
            """\
async def sync_all(accounts):
    for account in accounts:
        try:
            await account.sync()
        except (ValueError, Exception) as error:  # want: CN203 goes on with the loop
            continue
""",
        ),
        Invalid(
            "a named constant is as silent as any other",
            """\
DEFAULT_PLAN = "free"


def plan_of(user):
    try:
        return user.subscription.plan
    except BaseException:  # want: CN203 returns `DEFAULT_PLAN`
        return DEFAULT_PLAN
""",
        ),
        Invalid(
            "the error that is raised in its place says something else",
            """\
def key_of(environment, load_settings):
    key = environment.get("KEY")
    if not key:
        try:
            key = load_settings().key
        except Exception:  # want: CN203 it passes
            pass
    if not key:
        raise ValueError("KEY is not set")
    return key
""",
        ),
        Invalid(
            "suppress does the same in one line",
            """\
from contextlib import suppress as ignoring


def report(metrics):
    with ignoring(Exception):  # want: CN203 suppress
        metrics.push()
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "what is known of it is said: by a status, a docstring, pragmas, words, a logging handler",
            """\
import curses
import enum
import json
import logging
from contextlib import suppress

try:
    import drivers

    drivers.register("text")
except Exception:
    pass


class TokenStatus(enum.Enum):
    VALID = 1
    UNKNOWN = 2


def status(client):
    try:
        client.whoami()
        return TokenStatus.VALID
    except Exception:
        return TokenStatus.UNKNOWN


def embedded(address, parse):
    \"\"\"Extracts the address. None is returned on error.\"\"\"
    try:
        return parse(address)
    except Exception:
        return None


def prefix(address, parse):
    \"\"\"The prefix of an address.

    On error, None is returned.
    \"\"\"
    try:
        return parse(address).prefix
    except Exception:
        return None


def report(checks):
    for check in checks:
        try:
            check.run()
        except Exception:  # nosec
            pass


def token(client):
    found = {}
    try:
        found["value"] = json.loads(client.get("/bootstrap").text)
    # pylint: disable=bare-except
    except:
        pass
    return found


def text_of(page, engine):
    # A better text is optional: if it fails, the page as it is will do.
    with suppress(Exception):
        return engine.simplify(page)
    return page


def forget(api, names):
    for name in names:
        with suppress(Exception):
            # It may have been deleted already.
            api.delete_later(name)


def _func_validate(answer, read):
    try:
        if len(read(answer)) != 2:
            return False
    except Exception:
        return False
    return True


def title(screen, width, text):
    try:
        screen.addstr(0, width - len(text), text)
    except Exception:
        pass


def parsed(text, repair):
    for parse in (json.loads, repair.loads):
        try:
            return parse(text)
        except Exception:
            continue
    return None


def clean_up_parts(names, remove_file):
    for name in names:
        try:
            remove_file(name)
        except Exception:
            pass


def leave(window, worker, process):
    try:
        window.destroy()
    except Exception:
        pass
    try:
        worker.join(timeout=3)
    except Exception:
        pass
    try:
        process.kill()
        process.wait()
    except Exception:
        pass


def restart(part):
    try:
        logging.info("deleting %s", part)
        part.unlink()
    except Exception:
        pass


class Recorder(logging.Handler):
    def emit(self, record):
        try:
            self.collector.execute("insert into errors values (?)", (record.msg,))
        except Exception:
            pass
""",
        ),
        Valid(
            "the exception is narrow: the fallback answers it",
            """\
def port(settings):
    try:
        return int(settings["port"])
    except (KeyError, ValueError):
        return 8080
""",
        ),
        Valid(
            "it is logged",
            """\
import logging


def user_count(db):
    try:
        return db.count("users")
    except Exception:
        logging.exception("no count")
        return 0
""",
        ),
        Valid(
            "it is raised again as another one",
            """\
def user_count(db):
    try:
        return db.count("users")
    except Exception as error:
        raise RuntimeError("no count") from error
""",
        ),
        Valid(
            "something is reported by a call",
            """\
import sentry_sdk


def user_count(db):
    try:
        return db.count("users")
    except Exception as error:
        sentry_sdk.capture_exception(error)
        return 0
""",
        ),
        Valid(
            "an import that may be missing",
            """\
try:
    import ujson as json
except Exception:
    json = None

try:
    import uvloop
except Exception:
    pass
""",
        ),
        Valid(
            "it only tidies up",
            """\
from contextlib import suppress


async def leave(connection, task):
    try:
        await connection.close()
    except Exception:
        pass
    with suppress(Exception):
        task.cancel()
""",
        ),
        Valid(
            "the name is another one here",
            """\
from app.errors import NotFound as Exception


def find(items, key):
    try:
        return items.get(key)
    except Exception:
        return None
""",
        ),
        Valid(
            "somebody has decided it, and says so",
            """\
from contextlib import suppress


def scenarios(files, load):
    found = []
    for file in files:
        try:
            found.append(load(file))
        except Exception:
            # Files that cannot be imported hold no scenario.
            continue
    return found


def last_run(state):
    try:
        return state.read()
    except Exception:  # noqa: BLE001
        return None


def tags(file, readers):
    for reader in readers:
        # The next one is tried in the event of any error.
        try:
            return reader(file)
        except Exception:
            continue


def reconcile(sessions):
    \"\"\"Best effort: it must never make a command fail.\"\"\"
    with suppress(Exception):
        sessions.reconcile()


def is_online(client):
    try:
        return client.head("/").ok
    except Exception:
        return False
""",
        ),
        Valid(
            "one of several attempts",
            """\
from contextlib import suppress


def cache_folder(candidates):
    for candidate in candidates:
        try:
            candidate.mkdir(parents=True)
            return candidate
        except Exception:
            continue
    raise RuntimeError("no folder can be made")


def library(names, load):
    for name in names:
        with suppress(Exception):
            found = load(name)
            break
    else:
        found = None
    return found
""",
        ),
        Valid(
            "the answer of a function that asks, and what its documentation says",
            """\
def matches(uri, parse):
    try:
        parsed = parse(uri)
        return all((parsed.scheme, parsed.netloc))
    except Exception:
        return False


def _internal_is_old_format(buffer, read):
    try:
        read(buffer)
        return True
    except Exception:
        return False


def version_of(file, unpack):
    \"\"\"The version string of a file, or ``None`` if its header cannot be read.\"\"\"
    try:
        return unpack(file)
    except Exception:
        return None
""",
        ),
        Valid(
            "a task that has been cancelled ends, and a function that is there to hide errors",
            """\
import asyncio
import contextlib


def disable(plugin):
    try:
        if getattr(plugin, "timer", None):
            plugin.timer.invalidate()
            plugin.timer = None
    except Exception:
        pass


def attributes(thing, names):
    for name in names:
        try:
            found = getattr(thing, name)
        except Exception:
            continue
        yield name, found


def version(text):
    # Old files have bytes here. It was not to be found out why, which should not
    # cause any problems.
    try:
        text = text.decode("ascii")
    except Exception:
        pass
    return text


async def close(task):
    task.cancel()
    with contextlib.suppress(Exception):
        await asyncio.wait_for(task, 5)


def drop_exception(future):
    with contextlib.suppress(Exception):
        future.result()
""",
        ),
        Valid(
            "nothing fails but what the fallback is for",
            """\
import contextlib
import logging
import os


def next_image(queue):
    try:
        image = queue.popleft()
    except Exception:
        return None
    return image


def without_allow(response):
    try:
        del response["Allow"]
    except Exception:
        pass
    return response


async def finished(futures):
    for future in futures:
        try:
            await future
        except Exception:
            pass


def leave_word():
    with contextlib.suppress(Exception):
        logging.critical("the scheduler ends")


def end(app):
    try:
        app.process_events()
    except Exception:
        pass
    os._exit(1)


def stop(handler):
    try:
        handler.flush()
    except Exception:
        pass


async def close_all(iterators, remove_folder):
    for key in iterators:
        try:
            await safe_aclose_iterator(iterators[key])
        except Exception:
            pass
""",
        ),
        Valid(
            "whoever asks is told",
            """\
def status(client, name):
    try:
        return client.container(name).status
    except Exception:
        return "unknown"


def validate_url(client, url):
    try:
        return client.head(url).is_success
    except Exception:
        return False


def author_of(backend):
    \"\"\"Name and address, or ('', '') if unavailable.\"\"\"
    try:
        return backend.config("name"), backend.config("address")
    except Exception:
        return "", ""


def paths_of(finder, package):
    \"\"\"Returns an empty list if the package is not found.\"\"\"
    try:
        return finder.find(package).locations
    except Exception:
        return []


def isolates(engine, url):
    try:
        found = engine(url)
    except Exception:
        return False
    else:
        return (
            found.dialect.isolation_level_that_is_set_on_connect
            == engine.dialects_by_name[url.partition(":")[0]].isolation_level_by_default
        )


def unique(thing, uncertain):
    if uncertain:
        try:
            return hash(thing)
        except Exception:
            pass
    raise TypeError("no hash, no answer")


def value_of(text, parsers):
    value = None
    for parser in parsers:
        try:
            value = parser(text)
            if not callable(value):
                break
        except Exception:
            pass
    assert value is not None
    return value


def reached(connect, address, attempts):
    for attempt in range(attempts):
        try:
            connect(address)
            return True
        except Exception:
            pass
    return False
""",
        ),
        Valid(
            "names and words by which it is meant",
            """\
def ignore_exception(function):
    def called(*args):
        try:
            return function(*args)
        except Exception:
            pass

    return called


def count_start(data, send_telemetry):
    try:
        send_telemetry(topic="started", data=data)
    except Exception:
        pass


class Cursor:
    def handle_dbapi_exception(self, error):
        try:
            self.cursor.execute("SET IDENTITY_INSERT OFF")
        except Exception:
            pass


def fetchers(sessions, fetcher):
    # One bad policy must not prevent the others from it.
    try:
        return fetcher(sessions)
    except Exception:
        return None


def show_crash(folder, trace):
    try:
        folder.write(trace)
    except:  # noqa: E722 # pylint: disable=bare-except
        pass


class Options:
    def __str__(self):
        shown = []
        for name in self.names:
            try:
                shown.append(self.text_of(name))
            except Exception:
                pass
        return ", ".join(shown)


def _request_has_token(request):
    try:
        headers = request.read_headers()
    except Exception:
        return False
    return headers.find("token")
""",
        ),
        Valid(
            "another way to the same follows, and the last one is told of",
            """\
import json


def parsed(text):
    try:
        return json.loads(text)
    except Exception:
        pass
    try:
        return read_settings(text)
    except ValueError:
        return text


def title(entry):
    attempts = [lambda: entry.headline, lambda: entry.parts[0].name]
    found = None
    for attempt in attempts:
        try:
            found = attempt()
        except Exception:
            continue
        if found:
            break
    return found


async def roll(device, lines):
    try:
        await device.wheel(lines)
        return
    except Exception:
        pass
    try:
        await device.gesture(lines)
    except OSError:
        await device.script(lines)


async def started(connect):
    ready = False
    for _ in range(20):
        try:
            async with connect() as connection:
                if connection.answers:
                    ready = True
                    break
        except Exception:
            pass
    if not ready:
        raise RuntimeError("it did not start")


def screen_size(toolkit):
    try:
        return toolkit.screen().size
    except Exception:
        pass
    print("no screen")
    return None


def refuse(answer):
    told = f"refused: {answer.status}"
    try:
        told += " - " + answer.json()["detail"]
    except Exception:
        pass
    raise PermissionError(told)


class Download:
    def warn(self, check):
        told = "refused"
        try:
            told += " - " + check.group(1)
        except Exception:
            pass
        self.log_warning(told)
""",
        ),
        Valid(
            "steps by which something is taken down, each of which is done if others fail",
            """\
def destroy_mirror(client, name):
    try:
        client.stopMirror(name)
    except Exception:
        pass
    # It may have been taken out by hand.
    try:
        client.removeMirror(name)
    except Exception:
        pass


def stop_relay(relay, wait):
    try:
        relay.remove_services()
        relay.kill()
    except Exception:
        pass


def watch(child_process, event):
    try:
        child_process.wait()
    except Exception:
        pass
    finally:
        event.set()
""",
        ),
        Valid(
            "decisions that other tools, a docstring or the returned text tell",
            """\
def warm(cache):
    try:
        cache.load()
    except Exception:  # noqa: S110
        pass
    try:
        cache.sort()
    except Exception:  # nosec B110
        pass


def track(client):
    try:
        client.send()
    except Exception:  # Tracking must never stop a run.
        pass


def address(resolver, name):
    try:
        return resolver.find(name)
    except Exception:
        # gracefully
        return None


def refused(answer, shown):
    try:
        shown.write(answer.json()["reason"])
    except Exception:
        pass
    return exit(1)


def page_of(client, answer):
    \"\"\"Where an answer is shown, looked up without breaking the list.\"\"\"
    try:
        return client.page(answer.identifier)
    except Exception:
        return None


def read_notes(path):
    try:
        with open(path) as lines:
            return list(lines)
    except Exception:
        return ["No notes available"]


async def cache_state(cache, path):
    \"\"\"Whether the drawing is as new as its source, and whether to draw it again.\"\"\"
    try:
        return cache.read(path).is_current, False
    except Exception:
        return False, True


def counts_reads():
    try:
        from app.metrics import settings

        counted = settings.reads
    except Exception:
        return False
    return counted


class Record:
    def __getattr__(self, name):
        try:
            return object.__getattribute__(self, name)
        except Exception:
            return None

    async def close(self):
        self.stream.close()
        try:
            await self._serving
        except Exception:
            pass
""",
        ),
        Valid(
            "telemetry, which must not get in the way of what it is about",
            {
                "app/telemetry/device.py": """\
def device_id(path):
    try:
        return path.read_text()
    except Exception:
        return None
"""
            },
        ),
        Valid(
            "steps of behave are tests",
            {
                "features/steps/login.py": """\
def stop(context):
    try:
        context.server.answer()
    except Exception:
        pass
"""
            },
        ),
        Valid(
            "nothing may hide the first error",
            """\
def create_index(op, statement):
    try:
        op.execute(statement)
    finally:
        try:
            op.execute("RESET statement_timeout")
        except Exception:
            pass
""",
        ),
        Valid(
            "a test, which fails otherwise",
            {
                "tests/test_jobs.py": """\
def test_rejected(job):
    try:
        job.run()
    except Exception:
        pass
    assert job.rejected
"""
            },
        ),
        Valid(
            "narrow types are suppressed",
            """\
from contextlib import suppress


def remove(path):
    with suppress(FileNotFoundError):
        path.touch()
""",
        ),
    )

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each except clause, and each use of suppress, in a statement."""
        if module.role is Role.MIGRATION:
            return
        tree = module.tree
        for clause in tree.nodes("except_clause", within=statement):
            fallback = _fallback(clause, module)
            if fallback is None or _is_expected(clause, module) or _is_decided(clause, fallback, tree):
                continue
            if _TELEMETRY.search(module.path):
                continue
            yield self.finding(
                module,
                tree.header(clause),
                f"`{tree.text(clause).partition(':')[0]}` hides every error: {_said(fallback, module)}, "
                "and nothing is logged or raised",
                fixes=_fixes(clause, fallback, module, context),
            )
        for call in tree.calls_within(statement):
            if call.name == "contextlib.suppress" and any(
                tree.resolve(one) in BROAD for one in call.arguments
            ):
                around = next(ancestors(call.node, "with_statement"), None)
                if (
                    around is not None
                    and not _only_tidies(block_of(around), module)
                    and not is_harmless(block_of(around), tree)
                    and not _is_meant(around, tree)
                    and not is_explained_within(around, tree)
                    and not _is_one_of_several(around, around, tree)
                ):
                    yield self.finding(
                        module, call.node, f"`{tree.text(call.node)}` lets suppress hide every error"
                    )


def _fallback(clause: Node, module: Module) -> Node | None:
    """The statement by which a broad except clause falls back silently; None where it does not."""
    if not is_broad(clause, module.tree):
        return None
    statements = block_of(clause)
    if not statements or not all(_is_silent(one, module) for one in statements):
        return None
    return statements[-1]


def _is_silent(statement: Node, module: Module) -> bool:
    if statement.type in ("pass_statement", "continue_statement"):
        return True
    if statement.type == "return_statement":
        return all(_is_constant(one, module) for one in statement.named_children)
    if statement.type == "expression_statement":
        return all(one.type in ("string", "ellipsis") for one in statement.named_children)
    return False


def _is_constant(node: Node, module: Module) -> bool:
    if node.type in _CONSTANTS or node.type == "comment":
        return True
    if node.type == "string":
        return not any(one.type == "interpolation" for one in node.named_children)
    if node.type in _CONTAINERS:
        return all(_is_constant(one, module) for one in node.named_children)
    return node.type in ("identifier", "attribute") and module.tree.text(node).rpartition(".")[2].isupper()


def _is_expected(clause: Node, module: Module) -> bool:
    """Whether there is nothing to do about an error of this try: imports, tidying up, `__del__`."""
    attempt = clause.parent
    if attempt is None or attempt.type != "try_statement":
        return True
    body = block_of(attempt)
    imports = [one for one in body if one.type in ("import_statement", "import_from_statement")]
    if imports and not any(module.tree.calls_within(one) for one in body):
        return True
    if body[0] in imports and attempt.parent is not None and attempt.parent.type == "module":
        return True  # what is imported is set up as well
    if is_harmless(body, module.tree):
        return True
    function = module.tree.scope_of(clause).function
    if function is not None and (function.name == "__del__" or _is_of_a_log_handler(function, module.tree)):
        return True
    return _only_tidies(body, module)


def _is_of_a_log_handler(function: Scope, tree: ModuleTree) -> bool:
    """Whether a method is a logging handler's: it cannot log what it has failed to log."""
    parameters = function.node.child_by_field_name("parameters")
    return function.name == "emit" and parameters is not None and "record" in tree.text(parameters)


def _only_tidies(body: Sequence[Node], module: Module) -> bool:
    tree = module.tree
    _, body, calls = beside_logs(body, tree)
    found = [call for call in calls if call.name not in _ASKED]
    if not found:
        return bool(calls)  # an attribute is asked for, which may be a property that raises anything
    outer = outermost(found)
    if all(call.last in _STOPS for call in outer) and outer[0].last in ("kill", "terminate", "cancel"):
        return True
    if all(call.last in _PAINTS or call.name.startswith("curses.") for call in outer):
        return any(call.last in _PAINTS for call in outer)
    if len(body) != 1 and len(found) != 1:
        return False
    return all(
        call.last in _CLEANUP
        or (call.last == "join" and call.argument(None, "timeout") is not None)
        or _CLOSES.search(call.last)
        or call.name == "os.remove"
        or _ENDS.search(tree.text(call.function))
        for call in outermost(found)
    )


def _is_decided(clause: Node, fallback: Node, tree: ModuleTree) -> bool:
    """Whether somebody has decided that nothing is done: words say why, or the function is one that asks, or
    tidies up; or the first error, which is on its way already, is not to be hidden.
    """
    if in_another(clause) or is_intended(clause, tree) or is_explained(clause, tree):
        return True
    if _is_meant(clause.parent, tree) or _is_an_answer(clause, fallback, tree) or is_checked(clause, tree):
        return True
    if is_measured(clause, tree) or is_in_a_test(clause, tree) or has_another_way(clause, tree):
        return True
    attempt = clause.parent
    return attempt is not None and (
        _is_one_of_several(attempt, clause, tree)
        or _is_a_detail(attempt, tree)
        or _is_a_step_of_tidying(attempt, tree)
    )


def _is_a_detail(attempt: Node, tree: ModuleTree) -> bool:
    """Whether an error is raised right after a try, or what the try may add to is logged as one."""
    following = attempt.next_named_sibling
    if following is None or following.type == "raise_statement":
        return following is not None
    if following.type != "expression_statement":
        return False
    if leaves(block_of(attempt), ("return_statement",)) and any(
        call.name == "builtins.print" or log_call(call, tree) is not None
        for call in tree.calls_within(following)
    ):
        return True  # which is only reached where the try has failed
    told = [
        call
        for call in tree.calls_within(following)
        if _TOLD.search(call.last) or ((log := log_call(call, tree)) is not None and log.level > INFO)
    ]
    names = names_set(attempt, tree)
    return any(mentions(call.node, name, tree) for call in told for name in names)


def _is_a_step_of_tidying(attempt: Node, tree: ModuleTree) -> bool:
    """Whether a function that tidies up does so in several steps, each of which is done if others fail."""
    function = next(ancestors(attempt, "function_definition"), None)
    name = function.child_by_field_name("name") if function is not None else None
    if name is None or not _DESTROYS.search(tree.text(name)):
        return False
    steps = [
        one for one in (attempt, attempt.prev_named_sibling, attempt.next_named_sibling) if one is not None
    ]
    while steps[-1].type == "comment" and steps[-1].next_named_sibling is not None:
        steps[-1] = steps[-1].next_named_sibling
    found = [_outermost(one, tree) for one in steps if one.type == "try_statement"]
    if not found[0] or not all(tidies(call.last) for call in found[0]):
        return False
    return len(found[0]) > 1 or any(calls and all(tidies(call.last) for call in calls) for calls in found[1:])


def _outermost(attempt: Node, tree: ModuleTree) -> list[Call]:
    calls = outermost([call for one in block_of(attempt) for call in tree.calls_within(one)])
    return [call for call in calls if call.name != "builtins.super"]


def _is_meant(attempt: Node | None, tree: ModuleTree) -> bool:
    """Whether what stands above a try or with, or its function's name, says that errors do not matter."""
    if attempt is None or is_announced(attempt, tree):
        return attempt is not None
    names = [
        tree.text(name)
        for one in ancestors(attempt, "function_definition")
        if (name := one.child_by_field_name("name")) is not None
    ]
    if any(_IGNORES.search(name) for name in names) or (names and _ASKS.search(names[0])):
        return True
    calls = [call for one in block_of(attempt) for call in tree.calls_within(one)]
    outer = outermost(calls)
    if len(outer) == 1 and names and names[0].strip("_") in _CLEANUP:
        return True
    if names and _CLEANS_UP.search(names[0]) and outer and all(tidies(call.last) for call in outer):
        return True
    if any(_IGNORES.search(call.last) for call in calls):
        return True
    following = attempt.next_named_sibling
    if following is not None and any(call.name in EXITS for call in tree.calls_within(following)):
        return following.type in ("expression_statement", "return_statement")
    return _ends_a_task(attempt, tree)


def _ends_a_task(attempt: Node, tree: ModuleTree) -> bool:
    """Whether a try or with only waits for what the statement before has cancelled."""
    before, body = attempt.prev_named_sibling, block_of(attempt)
    if before is None or len(body) != 1 or not any(one.last == "cancel" for one in tree.calls_within(before)):
        return False
    return body[0].type == "expression_statement" and body[0].named_children[0].type == "await"


def _is_one_of_several(attempt: Node, clause: Node, tree: ModuleTree) -> bool:
    """Whether a try is left by `break` or `return` where it works, is tried with the next thing where it does
    not, and what comes of it if none works is told: in the loop's `else`, or by an error after it.
    """
    body = block_of(attempt)
    if not leaves(body):
        return False
    loop = next(ancestors(attempt, "for_statement", "while_statement", "function_definition"), None)
    if loop is None or loop.type == "function_definition":
        return _is_raised_next(attempt)
    return loop.child_by_field_name("alternative") is not None or is_told_later(clause, tree)


def _is_raised_next(attempt: Node) -> bool:
    """Whether an error is raised right after a try that was not left, outside of the `if` it ends as well."""
    while attempt.next_named_sibling is None and attempt.parent is not None:
        if attempt.parent.type not in ("block", "if_statement"):
            return False
        attempt = attempt.parent
    following = attempt.next_named_sibling
    return following is not None and following.type == "raise_statement"


def _is_an_answer(clause: Node, fallback: Node, tree: ModuleTree) -> bool:
    """Whether what is returned is a true answer: the docstring says when it is given, or the function
    computes a yes or no and this is the no.
    """
    if fallback.type != "return_statement" or not fallback.named_children:
        return False
    value = tree.text(fallback.named_children[0])
    told = _NAMED_EMPTY.sub(lambda one: _EMPTY[one[1].lower()], docstring_around(clause, tree))
    promised = (one["value"] for said in (_DOCUMENTED, _IN_CASE) for one in said.finditer(told))
    if any(_bare(one) == _bare(value) for one in promised):
        return True
    given = fallback.named_children[0]
    if _STATUS.search(value) and _TELLS.search(value):
        return True  # `Status.UNKNOWN`
    if given.type in ("string", "list", "tuple") and any(
        _TELLS.search(tree.text(one)) for one in tree.nodes("string", within=fallback)
    ):
        return True
    function = next(ancestors(clause, "function_definition"), None)
    return (
        value == "False"
        and function is not None
        and any(_is_yes_or_no(one, tree) for one in tree.nodes("return_statement", within=function))
    )


def _bare(value: str) -> str:
    """A value without its parentheses, in single quotes."""
    return value.strip("()").replace('"', "'")


def _is_yes_or_no(statement: Node, tree: ModuleTree) -> bool:
    value = statement.named_children[0] if statement.named_children else None
    if value is not None and value.type == "parenthesized_expression":
        value = next(iter(value.named_children), None)
    if value is None or value.type in ("comparison_operator", "not_operator"):
        return value is not None
    called = value.child_by_field_name("function") if value.type == "call" else None
    return called is not None and tree.text(called) in _ANSWERS


def _said(fallback: Node, module: Module) -> str:
    if fallback.type == "continue_statement":
        return "it goes on with the loop"
    if fallback.type != "return_statement":
        return "it passes"
    value = fallback.named_children[0] if fallback.named_children else None
    text = module.tree.text(value) if value is not None else "None"
    return f"it returns `{text if len(text) <= 40 else text[:39] + '…'}`"


def _fixes(clause: Node, fallback: Node, module: Module, context: RuleContext) -> list[OfferedFix]:
    tree = module.tree
    bound = tree.scopes.module.bound
    function = tree.scope_of(clause).function
    told = f"{function.name} failed" if function is not None else "failed"
    caution = "Callers that relied on the fallback now see the error."

    def raising(before: str, imports: list[TextEdit]) -> list[TextEdit] | Refusal:
        if clause.has_error:
            return Refusal("the except block has a syntax error")
        line_start = tree.data.rfind(b"\n", 0, fallback.start_byte) + 1
        indent = tree.data[line_start : fallback.start_byte].decode("utf-8", "replace")
        if before and indent.strip():
            return Refusal("the block stands on the line of its except")
        return [*imports, module.replace(fallback, f"{before}\n{indent}raise" if before else "raise")]

    def logging_first() -> list[TextEdit] | Refusal:
        logger = next((name for name in _LOGGERS if _is_a_logger(name, tree, context)), "")
        if logger:
            return raising(f'{logger}.exception("{told}")', [])
        # The module may have the library under another name, or something else under this one.
        held = next((name for name, stands_for in bound.items() if stands_for == "logging"), "")
        if not held and "logging" in bound:
            return Refusal("the name `logging` stands for something else here")
        imports = [] if held else [module.add_import("import logging")]
        return raising(f'{held or "logging"}.getLogger(__name__).exception("{told}")', imports)

    return [
        module.fix("Log the error and raise it again", logging_first, Applicability.UNSAFE, caution),
        module.fix(
            "Raise the error again", lambda: raising("", []), Applicability.UNSAFE, caution, preferred=False
        ),
    ]


def _is_a_logger(name: str, tree: ModuleTree, context: RuleContext) -> bool:
    """Whether a name of a module is an object: what a call gave, or an import that is no module, function or
    class of the workspace (`from app import logger`, whose `logger.py` gives loggers).
    """
    target = tree.scopes.module.bound.get(name)
    if target is None:
        return False
    made = tree.assigned_value(name, tree.scopes.module)
    if made is not None:
        return made.type == "call"
    if not target or target.startswith(f"{tree.facts.module}."):
        return False
    dotted = context.canonical(target)
    return context.definition(dotted) is None and not context.paths_of_module(dotted)
