"""CN201: an error whose only trace is a line of debug."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Applicability, Finding, OfferedFix, Priority, Refusal, Severity, TextEdit
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.attempts import has_another_way
from canonry.rules.facts.foreseen import is_foreseen, is_told_later
from canonry.rules.facts.handlers import (
    INFO,
    LogCall,
    caught,
    caught_as,
    is_broad,
    level_of,
    log_call,
    mentions,
)
from canonry.scopes.roles import Role
from canonry.syntax import ModuleTree
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import block_of

_FAILURES: Final = re.compile(
    r"^(SQLAlchemy|Database|DB|Operational|Redis|PyMongo|Mongo|Kafka|Boto\w*|AMQP|Elasticsearch|Storage|Payment|"
    r"Stripe|Integrity|Postgres|Broker|Request|HTTPStatus|Connection|Network|Service|Memory|SMTP\w*|Mail|LDAP|SSH|"
    r"FTP|Transport|Delivery|Publish|Upload|Write)(Error|Exception|Failure)$"
)
"""Names of narrow exceptions that tell of a failure whoever runs the program has to know. Others (a file
that is not there, an answer that cannot be parsed) are mostly the case that the fallback is for.
"""

_TOLD: Final = re.compile(
    r"err|fail|exc(?!l)|invalid|ok$|success|status|state|reason|broken|avail|online|connect|alive|health|retr|"
    r"attempt|missing|support|skip|problem|issue|warn|message|abort|unknown|degrad|valid|reachable|present",
    re.IGNORECASE,
)
"""Names and texts by which whoever comes after learns of the error."""

_FALLBACK: Final = re.compile(
    r"default|fallback|empty|cached|stale|previous|last_|blank|dummy|null|none", re.I
)
_PLAIN_CALLS: Final = frozenset(
    f"builtins.{name}" for name in ("str", "repr", "type", "list", "dict", "set", "tuple", "len", "frozenset")
)


class ErrorHiddenAtDebug(Rule):
    """## What it does
    Finds an except block that logs at debug or info, nothing higher, and then returns a fallback or
    goes on.

    ## Why is this bad?
    Debug is off where it matters. The log is there, so whoever reviews the code takes the error for handled;
    whoever runs it sees a value that is wrong and no reason. ruff's S110, BLE001 and TRY400 see no difference
    between debug and error here; CN203 is for blocks that log nothing.

    ## Example
    ```python
    try:
        return await client.fetch_balance(account)
    except Exception as error:
        logger.debug("no balance: %s", error)
        return 0
    ```

    ## Use instead
    ```python
    try:
        return await client.fetch_balance(account)
    except Exception:
        logger.error("no balance of %s", account, exc_info=True)
        raise
    ```

    ## When it stays silent
    - exceptions that the fallback answers: of the narrow ones only failures of a database, a broker, a
      connection and the like are meant
    - the block raises, hands the error on (a result, a callback, a flag, a metric), or does anything else
    - a later statement of the function or loop logs or raises, returns a text or an `error=` that tells of an
      error, or gives the False of attempts none of which has returned True
    - another way to the same follows: the try is left where it works, and the next statement tries again or
      asks `super()`; `if not found:` under which it is got elsewhere; the same call once more after a loop;
      the next of some `candidates`. The last way is the one that is asked about
    - the try only imports or tidies up, or stands in the handling of another error
    - functions that ask (`is_...`, `supports_...`, a docstring that begins with *whether*) or say that they
      may fail (`try_...`, `..._or_none`), and telemetry
    - a comment of some words in the block or beside the `except` says why, one above the `except` that
      something may fail, or one above the `try` (or the `if` that is around nothing else) or the docstring
      that errors do not matter; the log itself says that the case is foreseen (`already exists`) or that it
      is tried again; `noqa: BLE001` (or S110) says so too
    - the docstring says what is returned on a failure (`None on failure`), or the module itself sets
      `logging.basicConfig(level=...)` so that the log is seen
    - the try only reads values as numbers or times, or only logs, or is that of a `log_...` which ends in it
    - tests and migrations
    """

    code: ClassVar[str] = "CN201"
    name: ClassVar[str] = "error-hidden-at-debug"
    severity: ClassVar[Severity] = Severity.WARNING
    signs: ClassVar = (AnyOf(b"except"),)
    priority: ClassVar[Priority | None] = Priority.P1
    beats: ClassVar[Sequence[str]] = ("CN203",)
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "a balance of 0, and a line that nobody sees",
            """\
import logging

logger = logging.getLogger(__name__)


async def balance(client, account):
    try:
        return await client.fetch_balance(account)
    except Exception as error:  # want: CN201 with a fallback
        logger.debug("no balance: %s", error)
        return 0
""",
            fixed="""\
import logging

logger = logging.getLogger(__name__)


async def balance(client, account):
    try:
        return await client.fetch_balance(account)
    except Exception as error:
        logger.error("no balance: %s", error, exc_info=True)
        return 0
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "arguments that have lines of their own",
            """\
import logging

logger = logging.getLogger(__name__)


async def balance(client, account):
    try:
        return await client.fetch_balance(account)
    except Exception as error:  # want: CN201
        logger.debug(
            "no balance: %s",
            error,
        )
        return 0
""",
            fixed="""\
import logging

logger = logging.getLogger(__name__)


async def balance(client, account):
    try:
        return await client.fetch_balance(account)
    except Exception as error:
        logger.error(
            "no balance: %s",
            error,
            exc_info=True,
        )
        return 0
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "info is as far out of sight, with a traceback too",
            """\
class Sync:
    def run(self, accounts):
        for account in accounts:
            try:
                account.sync()
            except Exception:  # want: CN201 above info
                self.log.info("skipped", exc_info=True)
                continue
""",
        ),
        Invalid(
            "a failure of the database, by its own name",
            """\
import logging

from redis.exceptions import RedisError


def plan_of(redis, user):
    plan = None
    try:
        plan = redis.get(f"plan:{user}")
    except RedisError:  # want: CN201 RedisError
        logging.log(logging.DEBUG, "no plan of %s", user)
        plan = "free"
    return plan
""",
            fixed="""\
import logging

from redis.exceptions import RedisError


def plan_of(redis, user):
    plan = None
    try:
        plan = redis.get(f"plan:{user}")
    except RedisError:
        logging.log(logging.ERROR, "no plan of %s", user, exc_info=True)
        plan = "free"
    return plan
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a mail that has not gone out",
            """\
import logging
import smtplib

logger = logging.getLogger(__name__)


def send(relay, message):
    try:
        relay.send_message(message)
    except smtplib.SMTPException as error:  # want: CN201 debug
        logger.debug("not sent to %s", message["To"], exc_info=error)
        return False
    return True
""",
        ),
        Invalid(
            "loguru has its own way to a traceback",
            """\
from loguru import logger


def publish(channel, message):
    try:
        channel.publish(message)
    except:  # want: CN201 every error
        logger.debug("not published")
""",
            fixed="""\
from loguru import logger


def publish(channel, message):
    try:
        channel.publish(message)
    except:
        logger.exception("not published")
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "what is missing is filled with a default: that is no other way to it",
            """\
import logging

logger = logging.getLogger(__name__)


def tariff(client, region):
    found = None
    try:
        found = client.tariff(region)
    except Exception:  # want: CN201 nothing had happened
        logger.debug("no tariff of %s", region)
    if not found:
        found = default_tariff(region)
    return found


def seats(sources, hall):
    count = 0
    for source in sources:
        try:
            count += source.seats(hall)
        except Exception:  # want: CN201
            logger.debug("%s is left out", source)
            continue
    return count
""",
        ),
        Invalid(
            "the last of several ways, which gives nothing",
            """\
import logging

logger = logging.getLogger(__name__)


def outline(drawing):
    try:
        return drawing.vectors()
    except Exception:
        logger.debug("no vectors")
    try:
        return drawing.traced()
    except Exception:  # want: CN201 nothing had happened
        logger.debug("not traced either")
    return None
""",
        ),
        Invalid(
            "the module of another name; a flush that is no tidying up",
            """\
import logging as lg


def crop(image, box):
    try:
        return image.crop(box)
    except Exception:  # want: CN201 with a fallback
        lg.debug("not cropped")
        return image


class Queue:
    log = lg.getLogger("queue")

    def flush(self, printer):
        while self.waiting:
            try:
                printer.send(self.waiting[0])
            except Exception:  # want: CN201 nothing had happened
                self.log.debug("sheet of %d bytes", len(self.waiting[0]))
            self.waiting.pop(0)
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "the level is found out when it runs",
            """\
import logging

logger = logging.getLogger(__name__)


def rows_of(cursor, connected):
    try:
        return cursor.fetchall()
    except Exception as error:
        logger.log(logging.WARN if connected else logging.DEBUG, "remote: %s", error)
        return None
""",
        ),
        Valid(
            "it is a warning",
            """\
import logging


def size(disk):
    try:
        return disk.size()
    except Exception as error:
        logging.debug("disk: %r", disk)
        logging.warning("no size: %s", error)
        return 0
""",
        ),
        Valid(
            "a case that the fallback answers",
            """\
import logging


def setting(settings, name):
    try:
        return settings[name]
    except KeyError:
        logging.debug("%s is not set", name)
        return None
""",
        ),
        Valid(
            "cancelled, and raised again",
            """\
import asyncio
import logging


async def worker(queue):
    try:
        await queue.get()
    except asyncio.CancelledError:
        logging.debug("cancelled")
        raise
""",
        ),
        Valid(
            "the caller is told",
            """\
import logging


def save(record, errors):
    try:
        record.save()
    except Exception as error:
        logging.debug("not saved: %s", error)
        errors.append(error)


def validated(record):
    try:
        record.full_clean()
    except Exception:
        logging.debug("wrong record")
        return False, "the record is invalid"
    return True, ""
""",
        ),
        Valid(
            "whether there is a module is no error",
            """\
import logging

logger = logging.getLogger(__name__)

try:
    import uvloop

    POLICY = uvloop.EventLoopPolicy
except Exception:
    logger.debug("no uvloop")
    POLICY = None
""",
        ),
        Valid(
            "it only tidies up",
            """\
import logging


async def leave(connection):
    try:
        await connection.close()
    except Exception:
        logging.debug("already closed", exc_info=True)
""",
        ),
        Valid(
            "one of several attempts: the last one raises",
            """\
import logging


def read(mirrors):
    for mirror in mirrors:
        try:
            return mirror.read()
        except Exception as error:
            logging.debug("%s: %s", mirror, error)
    raise RuntimeError("no mirror answers")
""",
        ),
        Valid(
            "somebody has decided that it does not matter",
            """\
import logging


def count(metrics, name):
    try:
        metrics.increment(name)
    except Exception:
        # Best effort: the request is more important.
        logging.debug("not counted")
""",
        ),
        Valid(
            "a flag says it to whoever asks",
            """\
import logging


class Device:
    def update(self):
        try:
            self.state = self.client.read()
        except Exception as error:
            logging.debug("not reached: %s", error)
            self.available = False
""",
        ),
        Valid(
            "narrow exceptions are mostly the case that the fallback is for",
            """\
import logging


def build_path(path):
    try:
        return path.read_text().strip()
    except OSError as error:
        logging.debug("no build path in %s: %s", path, error)
        return None
""",
        ),
        Valid(
            "somebody has told another tool that every error is meant",
            """\
import logging


def preload(keys, store):
    for key in keys:
        try:
            store.load(key)
        except Exception as error:  # noqa: BLE001
            logging.debug("%s is not loaded ahead: %s", key, error)
""",
        ),
        Valid(
            "a comment says why, or a docstring; a value is only tried as a number",
            """\
import logging


def read_annotations(page):
    try:
        return page.annotations()
    except Exception:
        # The text of the page is kept in place of losing it.
        logging.debug("no annotations")
        return []


def observe(metric, value):
    \"\"\"Records a value; never raises, whatever the state of the store.\"\"\"
    try:
        metric.record(value)
    except Exception as error:
        logging.debug("not recorded: %s", error)


def compared(left, right):
    try:
        left, right = int(left), int(right)
    except Exception:
        logging.debug("%r and %r are compared as texts", left, right)
    return left < right


class Channel:
    def __eq__(self, other):
        try:
            return self.location == Channel(other).location
        except Exception as error:
            logging.debug("%r", error)
            return False
""",
        ),
        Valid(
            "a later attempt, or whoever called, says that none has worked",
            """\
import logging
import time


def contents(path, readers):
    for reader in readers:
        try:
            found = reader(path)
            break
        except Exception:
            logging.debug("%s is not for %s", reader, path)
    else:
        logging.warning("no reader for %s", path)
        found = None
    return found


def create_zone(backend, zone, attempts):
    for attempt in range(attempts):
        try:
            backend.create(zone)
            return True
        except Exception as error:
            logging.info("attempt %d: %s", attempt, error)
        time.sleep(5)
    return False


def _test_connection(pool, server):
    try:
        pool.create()
        return True
    except Exception:
        logging.debug("%s does not answer", server)
        return False
""",
        ),
        Valid(
            "a log of another version, and reasons that stand elsewhere",
            """\
import logging


def say_version(player):
    try:
        logging.info("version %s", player.__version__)
    except Exception:
        logging.info("version %s", player.version)


def create_root(client, statement):
    try:
        client.execute(statement)
    except Exception as error:
        # Ignored: the user is there, only the password is set.
        # TODO: ask for the kind of error
        logging.debug(error)


def read_some(process, log):
    out = b""
    try:
        out = process.read()
        log.store(out)
    # reading from a process that has ended may throw an exception
    except Exception as error:
        logging.debug("read failed: %s", error)
    return out


def calls_from(frame, caller):
    try:
        return frame.find(caller)
    except Exception:
        logging.debug("no caller found, assuming that there is none")
        return False


async def schedule(state, jobs):
    try:
        reached = await state
    except Exception:
        logging.debug("the handler has failed, nothing is scheduled")
        return None
    return jobs.schedule(reached)
""",
        ),
        Valid(
            "another way to the same follows",
            """\
import logging

logger = logging.getLogger(__name__)


def position(page, mark):
    if mark.handle:
        try:
            found = page.by_handle(mark.handle)
            if found:
                return found
        except Exception as error:
            logger.debug("handle %s: %s", mark.handle, error)

    if mark.number:
        try:
            return page.by_number(mark.number)
        except Exception as error:
            logger.debug("number %s: %s", mark.number, error)
    raise LookupError(mark)


async def contour(shape):
    lines = []
    try:
        lines = await shape.lines()
    except Exception as error:
        logger.debug("no lines: %s", error)
    if not lines:
        lines = await shape.trace_again()
    return lines


def bulletin(station, attempts):
    for attempt in range(attempts):
        try:
            return station.bulletin(timeout=attempt + 1)
        except ConnectionError as error:
            logger.info("attempt %d: %s", attempt, error)
    return station.bulletin(timeout=attempts)


def decoded(data, encodings):
    for encoding in encodings:
        try:
            return data.translated(encoding)
        except Exception:
            logger.debug("not in %s", encoding)
            continue
    return None


class Encoder(Base):
    def default(self, thing):
        try:
            return thing.to_plain()
        except Exception:
            logger.debug("%r has no plain form", thing)
        return super().default(thing)
""",
        ),
        Valid(
            "whoever has asked is told of it below",
            """\
import logging
import time

logger = logging.getLogger(__name__)


def wait_for_move(store, leader, seconds):
    for _ in range(seconds):
        time.sleep(1)
        try:
            if store.leader() != leader:
                return 200, "moved"
        except Exception as error:
            logger.debug("leader: %s", error)
    return 503, "the outcome is unknown"


def press(button, menu, refusal):
    if "menu" in refusal:
        try:
            return menu.options(button)
        except Exception as error:
            logger.debug("no options: %s", error)
    return Outcome(error=refusal)


def asset(plugins, name):
    for plugin in plugins:
        try:
            if plugin.has(name):
                return plugin.asset(name)
        except Exception as error:
            logger.debug("%s: %s", plugin, error)
    abort(404)


def asks_for_tea(guests):
    \"\"\"True if any of the guests asks for tea.\"\"\"
    try:
        return any(guest.order().tea for guest in guests)
    except Exception:
        logger.debug("an order cannot be read")
        return False


def place(maps, name):
    row = None
    for one in maps:
        try:
            if one.has(name):
                row = one.row(name)
                break
        except Exception as error:
            logger.debug("%s: %s", one, error)
            continue
    if not row:
        answer = maps[0].ask(name)
        if answer:
            row = True
        else:
            raise LookupError(name)
    return row


def rebuilt(source, names):
    \"\"\"What the source makes; None if it cannot be run.\"\"\"
    try:
        return names.load(source)
    except Exception as error:
        logger.debug("not rebuilt: %s", error)
        return None


def handle_network_error(given):
    try:
        raise given
    except ConnectionError as error:
        logger.info("no answer: %s", error)


def owns(cluster, user):
    \"\"\"Whether a binding of the cluster names the user.\"\"\"
    try:
        return user in cluster.bindings()
    except Exception:
        logger.debug("no bindings")
        return False
""",
        ),
        Valid(
            "a program that shows what it logs",
            """\
import logging

logging.basicConfig(level=logging.INFO)
logger = logging.getLogger(__name__)


def main(page):
    try:
        page.search("tea")
    except Exception as error:
        logger.info("the search was left out: %s", error)
""",
        ),
        Valid(
            "telemetry, a log of a size, and reasons beside the except or above its if",
            """\
import logging
import subprocess

from sqlalchemy.exc import IntegrityError

logger = logging.getLogger(__name__)


def set_span_attributes(tracer, attributes):
    try:
        tracer.current_span().update(attributes)
    except Exception:
        logger.debug("no attributes")


def _log_size(folder):
    try:
        size = subprocess.check_output(["du", "-sm", folder])
        logger.info("%s has %s MB", folder, size)
    except Exception:
        logger.info("the size of %s cannot be told", folder)


def device(store):
    try:
        return store.device_id()
    except Exception as error:  # Counting must not stop a run.
        logger.debug("no device: %s", error)
        return None


async def listen(server, host, port):
    # One port for both families may fail, then each has its own.
    if port == 0:
        try:
            return await server.both(host)
        except Exception as error:
            logger.debug("not on one port: %s", error)
    return await server.each(host)


def add_project(session, project):
    try:
        session.insert(project)
    except IntegrityError:
        logger.info("%s: already created", project)


def session_of(pool):
    try:
        if pool.session.key():
            return pool.session
    except Exception:
        logger.debug("the session has ended, creating a new one")
    pool.session = pool.login()
    return pool.session


def confirm(orders):
    for order in orders:
        try:
            order.confirm()
        except Exception as error:
            logger.info("order %s: %s. Will retry later.", order, error)


def test_is_not_logged():
    try:
        run()
    except Exception as error:
        logger.info("failed", extra={"error": error})
""",
        ),
        Valid(
            "the log says that the case is foreseen",
            """\
import logging

from sqlalchemy.exc import IntegrityError


def create_user(users, name):
    try:
        users.create(name)
    except IntegrityError:
        logging.debug("user %s already exists", name)


def add_constraint(op):
    try:
        op.create_unique_constraint("name")
    except Exception:
        logging.info("no constraint, as is expected with sqlite")
""",
        ),
    )

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each except clause of a statement that hides an error at debug or info."""
        if module.role is Role.MIGRATION:
            return
        for clause in module.tree.nodes("except_clause", within=statement):
            log = _only_trace(clause, module.tree)
            if log is None or _is_expected(clause, module.tree) or _is_shown(log, module.tree):
                continue
            level = "debug" if log.level < INFO else "info"
            types = ", ".join(module.tree.text(one) for one in caught(clause)) or "every error"
            yield self.finding(
                module,
                module.tree.header(clause),
                f"{types} caught here leaves no trace above {level}, and the code goes on {_how(clause)}",
                fixes=_fixes(log, module),
            )


def _only_trace(clause: Node, tree: ModuleTree) -> LogCall | None:
    """The first log of a clause that does nothing but log below warning and fall back; None for others."""
    statements = block_of(clause)
    first = _log_of(statements, tree)
    if first is None:
        return None
    name = caught_as(clause, tree)
    if not all(_falls_back(one, name, tree) for one in statements):
        return None
    return first


def _log_of(statements: Sequence[Node], tree: ModuleTree) -> LogCall | None:
    for statement in statements:
        for call in tree.calls_within(statement):
            log = log_call(call, tree)
            if log is not None:
                return log
    return None


def _falls_back(statement: Node, name: str, tree: ModuleTree) -> bool:
    """Whether a statement of a clause only logs below warning, or goes on as if nothing had happened."""
    kind = statement.type
    if kind in ("pass_statement", "continue_statement", "break_statement"):
        return True
    if kind == "if_statement":
        return _branches_fall_back(statement, name, tree)
    if kind == "return_statement":
        return all(_is_fallback(one, name, tree) for one in statement.named_children if one.type != "comment")
    if kind != "expression_statement" or not statement.named_children:
        return False
    inner = statement.named_children[0]
    if inner.type in ("string", "ellipsis"):
        return True
    if inner.type == "assignment":
        return _assigns_fallback(inner, name, tree)
    if inner.type == "await" and inner.named_children:
        inner = inner.named_children[0]
    if inner.type != "call":
        return False
    call = next((one for one in tree.calls_within(inner) if one.node.id == inner.id), None)
    if call is None:
        return False
    log = log_call(call, tree)
    return log.level <= INFO if log is not None else call.last == "sleep"


def _branches_fall_back(statement: Node, name: str, tree: ModuleTree) -> bool:
    condition = statement.child_by_field_name("condition")
    if condition is None or (name and mentions(condition, name, tree)):
        return False
    branches = [
        statement,
        *(one for one in statement.named_children if one.type in ("elif_clause", "else_clause")),
    ]
    return all(_falls_back(one, name, tree) for branch in branches for one in block_of(branch))


def _is_fallback(value: Node, name: str, tree: ModuleTree) -> bool:
    """Whether a value that is returned or kept tells nothing of the error."""
    if name and mentions(value, name, tree):
        return False
    if value.type in ("identifier", "attribute") and _TOLD.search(tree.text(value).rpartition(".")[2]):
        return False
    if value.type in ("true", "integer", "float"):
        return value.type != "integer" or tree.text(value) in ("0", "1", "-1")
    if value.type == "string":
        said = tree.string(value)
        return said is not None and " " not in said and not _TOLD.search(said)
    if value.type == "call":
        call = next((one for one in tree.calls_within(value) if one.node.id == value.id), None)
        if call is None:
            return False
        return (call.name in _PLAIN_CALLS or bool(_FALLBACK.search(call.last))) and not any(
            _has_text(one, tree) for one in call.arguments
        )
    if value.type in ("list", "dictionary", "set", "tuple", "expression_list"):
        return all(_is_fallback(one, name, tree) for one in value.named_children if one.type != "comment")
    return value.type in ("none", "false", "identifier", "attribute", "subscript")


def _has_text(node: Node, tree: ModuleTree) -> bool:
    return node.type == "string" or bool(tree.nodes("string", within=node))


def _assigns_fallback(assignment: Node, name: str, tree: ModuleTree) -> bool:
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    if left is None or right is None:
        return False
    if right.type == "assignment":
        return False
    target = tree.text(left)
    if _TOLD.search(target) or left.type == "subscript":
        return False
    if right.type in ("true", "false"):
        return False  # a flag: whoever asks for it learns of the error
    return _is_fallback(right, name, tree)


def _is_shown(log: LogCall, tree: ModuleTree) -> bool:
    """Whether the module itself, being a program, lets a log of this level be seen."""
    return any(
        call.name == "logging.basicConfig" and level_of(call.argument(None, "level"), tree) <= log.level
        for call in tree.calls
    )


def _is_expected(clause: Node, tree: ModuleTree) -> bool:
    """Whether a clause answers a case that has been foreseen, or of which nothing need be known."""
    if not is_broad(clause, tree) and not any(_is_failure(one, tree) for one in caught(clause)):
        return True
    return is_foreseen(clause, tree) or is_told_later(clause, tree) or has_another_way(clause, tree)


def _is_failure(one: Node, tree: ModuleTree) -> bool:
    return bool(_FAILURES.search(tree.text(one).rpartition(".")[2]))


def _how(clause: Node) -> str:
    last = block_of(clause)[-1]
    if last.type == "return_statement":
        return "with a fallback"
    if last.type == "continue_statement":
        return "with the loop"
    return "as if nothing had happened"


def _fixes(log: LogCall, module: Module) -> list[OfferedFix]:
    tree = module.tree

    def at_error() -> list[TextEdit] | Refusal:
        method = log.call.function.child_by_field_name("attribute")
        held = log.call.node.child_by_field_name("arguments")
        if method is None or held is None or log.call.node.has_error or held.type != "argument_list":
            return Refusal("the call has a syntax error")
        edits: list[TextEdit] = []
        if log.call.last == "log":
            level = log.call.argument(0, "level")
            if level is None or "." not in tree.text(level):
                return Refusal("the level is no attribute of logging")
            edits.append(module.replace(level, f"{tree.text(level).rpartition('.')[0]}.ERROR"))
        elif tree.resolve(log.logger) == "loguru.logger":
            return module.call_instead(log.call, "exception")
        else:
            edits += module.call_instead(log.call, "error")
        given = log.call.argument(None, "exc_info")
        if given is not None:
            if tree.text(given) == "False":
                edits.append(module.replace(given, "True"))
            return edits
        arguments = log.call.arguments
        if not arguments:
            return Refusal("the log has no text")
        edits.append(module.append_argument(arguments[-1], "exc_info=True"))
        return edits

    return [
        module.fix(
            "Log it at error, with the traceback",
            at_error,
            Applicability.UNSAFE,
            "What was out of sight is in the log at error from now on, and in what watches it.",
        )
    ]
