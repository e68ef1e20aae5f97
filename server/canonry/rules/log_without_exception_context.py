"""CN202: an error log that has an exception's text, and neither its type nor the traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import (
    Applicability,
    Finding,
    OfferedFix,
    Priority,
    Refusal,
    Severity,
    TextEdit,
)
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.handlers import (
    EXITS,
    LogCall,
    caught,
    caught_as,
    is_broad,
    is_from_logging,
    log_call,
    uses_of,
)
from canonry.rules.facts.rendering import Shown, is_text, shown_in
from canonry.syntax import ModuleTree
from canonry.syntax.named import Call
from canonry.syntax.signs import AnyOf
from canonry.syntax.tree import ancestors

ERROR: Final = 40
"""The level of the standard library from which a log is about an error."""

_EXIT_TYPES: Final = re.compile(r"(^|\.)(SystemExit|Exit|Abort|UsageError|ClickException)$")
_RENDERS: Final = frozenset(
    (
        *(
            "str",
            "repr",
            "print",
            "format",
            "type",
            "isinstance",
            "getattr",
            "hasattr",
            "len",
            "echo",
            "secho",
        ),
        *(
            "flash",
            "Response",
            "HttpResponse",
            "JsonResponse",
            "JSONResponse",
            "jsonify",
            "write",
            "send_json",
        ),
    )
)
"""Calls that are given an exception and keep no more of it than its text, or only ask about it."""
_TRACES: Final = re.compile(
    r"^(format_exc|print_exc|format_exception|print_exception|capture_exception|record_exception|exc_info|"
    r"captureException|notice_error|report_exc_info|print_stack|format_tb|print_tb|extract_tb)$"
)


class LogWithoutExceptionContext(Rule):
    """## What it does
    Finds a log at error or critical in an except block that has the exception's text, and neither its type
    nor the traceback.

    ## Why is this bad?
    `str(KeyError("id"))` is `'id'`, and the text of many errors is empty: the log says that something failed
    and nothing of what or where. ruff's TRY400 wants `exception` in place of every `error`; this
    rule asks whether the type or the traceback is told in any way, there or elsewhere in the block.

    ## Example
    ```python
    try:
        store.insert(order)
    except Exception as error:
        logger.error(f"cannot place the order: {error}")
    ```

    ## Use instead
    ```python
    try:
        store.insert(order)
    except Exception:
        logger.exception("cannot place the order")
    ```

    ## When it stays silent
    - `logger.exception`, `exc_info=`, loguru's `opt(exception=...)`
    - the type is told: `%r`, `!r`, `{error=}`, `type(error)`, another part of it than its text, or its name
      in the message
    - the block raises afterwards; or another line of it tells the traceback (`traceback.format_exc()`,
      `capture_exception`, a second log)
    - the exception itself is returned, kept, or handed on to a function
    - a narrow exception after whose log the program exits: a command that tells its user what is wrong
    - tests
    """

    code: ClassVar[str] = "CN202"
    name: ClassVar[str] = "log-without-exception-context"
    severity: ClassVar[Severity] = Severity.INFORMATION
    signs: ClassVar = (AnyOf(b"except"),)
    priority: ClassVar[Priority | None] = Priority.P2
    tests: ClassVar[bool] = False
    INVALID: ClassVar = (
        Invalid(
            "the text in an f-string",
            """\
import logging

logger = logging.getLogger(__name__)


def place(store, order):
    try:
        store.insert(order)
    except Exception as error:
        logger.error(f"cannot place the order: {error}")  # want: CN202 text of `error` alone
""",
            fixed="""\
import logging

logger = logging.getLogger(__name__)


def place(store, order):
    try:
        store.insert(order)
    except Exception as error:
        logger.exception(f"cannot place the order: {error}")
""",
        ),
        Invalid(
            "as an argument, by %, by +, by format",
            """\
class Jobs:
    def run(self, jobs):
        try:
            jobs.first()
        except (OSError, KeyError) as exc:
            self.logger.critical("first: %s, of %d", exc, len(jobs))  # want: CN202
        try:
            jobs.second()
        except Exception as exc:
            self.logger.error("second: %s" % (exc,))  # want: CN202
        try:
            jobs.third()
        except Exception as exc:
            self.logger.error("third: " + str(exc))  # want: CN202
        try:
            jobs.fourth()
        except Exception as exc:
            self.logger.error("fourth: {}".format(exc))  # want: CN202
        try:
            jobs.fifth()
        except Exception as exc:
            self.logger.error(exc)  # want: CN202
""",
            fixed="""\
class Jobs:
    def run(self, jobs):
        try:
            jobs.first()
        except (OSError, KeyError) as exc:
            self.logger.critical("first: %s, of %d", exc, len(jobs), exc_info=True)
        try:
            jobs.second()
        except Exception as exc:
            self.logger.error("second: %s" % (exc,))
        try:
            jobs.third()
        except Exception as exc:
            self.logger.error("third: " + str(exc))
        try:
            jobs.fourth()
        except Exception as exc:
            self.logger.error("fourth: {}".format(exc))
        try:
            jobs.fifth()
        except Exception as exc:
            self.logger.error(exc)
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "a message that is made first",
            """\
import logging


def export(rows, target):
    try:
        target.write(rows)
    except Exception as e:
        message = f"Export failed: {e}"
        logging.error(message)  # want: CN202
        return {"error": message}
""",
            fixed="""\
import logging


def export(rows, target):
    try:
        target.write(rows)
    except Exception as e:
        message = f"Export failed: {e}"
        logging.exception(message)
        return {"error": message}
""",
        ),
        Invalid(
            "a field of a structured log; another branch raises",
            """\
import structlog

log = structlog.get_logger()


def sync(account, strict):
    try:
        account.sync()
    except Exception as e:
        if strict:
            raise
        else:
            log.error("sync failed", account=account.id, error=str(e))  # want: CN202
""",
            fixed="""\
import structlog

log = structlog.get_logger()


def sync(account, strict):
    try:
        account.sync()
    except Exception as e:
        if strict:
            raise
        else:
            log.exception("sync failed", account=account.id, error=str(e))
""",
            applicability=Applicability.UNSAFE,
        ),
        Invalid(
            "narrow exceptions, of libraries too",
            """\
import asyncio
import logging

import httpx


async def price(shop, article):
    try:
        return await asyncio.wait_for(shop.price(article), 3)
    except asyncio.TimeoutError as error:
        logging.error("no price of %s: %s", article, error)  # want: CN202
    except (KeyError, ValueError) as error:
        logging.error(f"bad answer: {error}")  # want: CN202
    except httpx.HTTPError as error:
        logging.error("no answer: " + str(error))  # want: CN202
    return None
""",
        ),
        Invalid(
            "of the workspace's own: who reads the log may not know where they come from",
            {
                "shop/errors.py": """\
class StorageError(Exception):
    pass
""",
                "shop/reports.py": """\
import logging

from shop.errors import StorageError


def store(report, storage):
    try:
        storage.upload(report)
    except (StorageError, OSError) as error:
        logging.error("cannot store %s: %s", report.name, error)  # want: CN202


def fetch(name, storage):
    try:
        return storage.download(name)
    except StorageError as error:
        logging.error("cannot fetch %s: %s", name, error)  # want: CN202
""",
            },
        ),
        Invalid(
            "what is raised instead cuts the error off",
            """\
import logging


def load(path):
    try:
        return path.read_text()
    except Exception as error:
        logging.error("cannot load: %s", error)  # want: CN202
        raise RuntimeError("no data") from None
""",
        ),
        Invalid(
            "arguments below the first stay below it",
            """\
# fmt: off
import logging

LOG = logging.getLogger(__name__)


def restore(file, permission):
    try:
        file.chown(permission)
    except OSError as error:
        LOG.error("Could not change %s, which was "  # want: CN202
                  "to be %s: %s",
                  file, permission,
                  error)
""",
            fixed="""\
# fmt: off
import logging

LOG = logging.getLogger(__name__)


def restore(file, permission):
    try:
        file.chown(permission)
    except OSError as error:
        LOG.exception("Could not change %s, which was "
                      "to be %s: %s",
                      file, permission,
                      error)
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "the traceback is there",
            """\
import logging
import sys

logger = logging.getLogger(__name__)


def ship(order):
    try:
        order.ship()
    except KeyError as error:
        logger.exception("cannot ship: %s", error)
    except ValueError as error:
        logger.error("cannot ship: %s", error, exc_info=True)
    except Exception as error:
        logger.error(f"cannot ship: {error}", exc_info=sys.exc_info())
""",
        ),
        Valid(
            "the type is there",
            """\
import logging


def ship(order):
    try:
        order.ship()
    except KeyError as error:
        logging.error("cannot ship: %r", error)
    except ValueError as error:
        logging.error(f"cannot ship: {error!r}")
    except OSError as error:
        logging.error(f"cannot ship: {error=}")
    except RuntimeError as error:
        logging.error("cannot ship: %s: %s", type(error).__name__, error)
    except ArithmeticError as error:
        logging.error("cannot ship {0!r}".format(error))
    except TimeoutError as error:
        logging.error("TimeoutError, cannot ship: %s", error)
    except Exception as error:
        logging.error("cannot ship: %s", repr(error))
""",
        ),
        Valid(
            "it is raised again, as itself or as the cause of another",
            """\
import logging


def archive(order):
    try:
        order.archive()
    except KeyError as error:
        logging.error(f"no such order: {error}")
        raise
    except Exception as error:
        logging.error(f"cannot archive: {error}")
        raise RuntimeError("not archived") from error
""",
        ),
        Valid(
            "a warning is not meant",
            """\
import logging


def touch(order):
    try:
        order.touch()
    except Exception as error:
        logging.warning("cannot touch: %s", error)
""",
        ),
        Valid(
            "the exception is not in the log, or not in an except block",
            """\
import logging


def first(jobs):
    try:
        return jobs[0]
    except IndexError as error:
        logging.error("there is no job")
        return None


def report(problems):
    for error in problems:
        logging.error("problem: %s", error)
""",
        ),
        Valid(
            "another line has the traceback",
            """\
import logging
import traceback

import sentry_sdk


def sync(account):
    try:
        account.sync()
    except ValueError as error:
        logging.error("sync: %s", error)
        logging.debug("details", exc_info=True)
    except OSError as error:
        logging.error("sync: %s\\n%s", error, traceback.format_exc())
    except Exception as error:
        logging.error("sync: %s", error)
        sentry_sdk.capture_exception()
""",
        ),
        Valid(
            "the exception goes on to somebody who has all of it",
            """\
import logging


def run(job, future, failures):
    try:
        job()
    except ValueError as error:
        logging.error("job: %s", error)
        failures.append(error)
    except OSError as error:
        logging.error("job: %s", error)
        return error
    except Exception as error:
        logging.error("job: %s", error)
        future.set_exception(error)
""",
        ),
        Valid(
            "a command tells its user what is wrong, and exits",
            """\
import logging
import sys

from app.config import load


def main(path):
    try:
        load(path)
    except (OSError, ValueError) as error:
        logging.error("%s: %s", path, error)
        sys.exit(2)
""",
        ),
        Valid(
            "other parts of the exception tell what it was",
            """\
import logging
import subprocess


def build(command):
    try:
        subprocess.run(command, check=True)
    except subprocess.CalledProcessError as error:
        logging.error("%s ended with %d: %s", command, error.returncode, error)
""",
        ),
    )

    def check(self, module: Module, context: RuleContext, cancelled: Callable[[], bool]) -> Iterator[Finding]:
        """A finding for each error log in a module's except clauses that has an exception's text alone."""
        tree = module.tree
        for clause in tree.nodes("except_clause"):
            name = caught_as(clause, tree)
            if not name:
                continue
            logs = (log_call(call, tree) for call in tree.calls_within(clause))
            bare = [
                log
                for log in logs
                if log is not None and log.level >= ERROR and _is_bare(log, clause, name, tree)
            ]
            if not bare:
                continue
            for log in bare:
                yield self.finding(
                    module,
                    log.call.node,
                    f"This log has the text of `{name}` alone: neither its type nor the traceback",
                    fixes=[_fix(log, module)],
                )


def _is_bare(log: LogCall, clause: Node, name: str, tree: ModuleTree) -> bool:
    """Whether a log tells the exception's text, and nothing else in the clause tells more of it."""
    call = log.call
    if (
        call.last == "exception"
        or call.argument(None, "exc_info") is not None
        or "exception=" in tree.text(log.logger)
    ):
        return False
    if next(ancestors(call.node, "except_clause", "function_definition", "lambda"), None) != clause:
        return False
    if _names_the_type(call, clause, tree):
        return False
    shown = shown_in(call, name, tree)
    messages = [one for one in call.arguments if one.type == "identifier"]
    for one in messages:
        made = _made_before(tree.text(one), one, clause, tree)
        if made is not None and name and list(uses_of(made, name, tree)):
            shown.append(Shown.TEXT if is_text(made, name, tree) else Shown.MORE)
    if not shown or Shown.MORE in shown:
        return False
    return not (
        _raises_after(call.node, clause, tree)
        or _is_told_elsewhere(clause, tree)
        or _is_kept(clause, name, tree)
        or (_exits_after(call.node, clause, tree) and not is_broad(clause, tree))
    )


def _names_the_type(call: Call, clause: Node, tree: ModuleTree) -> bool:
    """Whether a log's own words name the one exception that a clause catches."""
    types = [tree.text(one).rpartition(".")[2] for one in caught(clause)]
    return len(types) == 1 and any(
        re.search(rf"\b{re.escape(types[0])}\b", tree.text(one)) is not None
        for one in tree.nodes("string", within=call.node)
    )


def _made_before(variable: str, use: Node, clause: Node, tree: ModuleTree) -> Node | None:
    """The value that a variable was given last in a clause, before a use of it."""
    found = None
    pending = [clause]
    while pending:
        node = pending.pop()
        if node.start_byte >= use.start_byte:
            continue
        if node.type == "assignment":
            left = node.child_by_field_name("left")
            if left is not None and tree.text(left) == variable:
                found = node.child_by_field_name("right")
        elif node.type in ("block", "expression_statement", "except_clause", "if_statement", "else_clause"):
            pending.extend(reversed(node.named_children))
    return found


def _following(node: Node, clause: Node) -> Iterator[Node]:
    """The statements that may run after a node, up to the end of a clause."""
    inner = node
    for above in ancestors(node):
        if above.type == "block":
            yield from (one for one in above.named_children if one.start_byte >= inner.end_byte)
        if above.id == clause.id:
            return
        inner = above


def _raises_after(log: Node, clause: Node, tree: ModuleTree) -> bool:
    for statement in _following(log, clause):
        raises = [statement] if statement.type == "raise_statement" else []
        for one in (*raises, *tree.nodes("raise_statement", within=statement)):
            cause = one.child_by_field_name("cause")
            if (cause is None or cause.type != "none") and not _is_exit(one, tree):
                return True
    return False


def _exits_after(log: Node, clause: Node, tree: ModuleTree) -> bool:
    for statement in _following(log, clause):
        if any(one.name in EXITS for one in tree.calls_within(statement)):
            return True
        raises = [statement] if statement.type == "raise_statement" else []
        if any(_is_exit(one, tree) for one in (*raises, *tree.nodes("raise_statement", within=statement))):
            return True
    return False


def _is_exit(statement: Node, tree: ModuleTree) -> bool:
    raised = statement.named_children[0] if statement.named_children else None
    if raised is not None and raised.type == "call":
        raised = raised.child_by_field_name("function")
    return raised is not None and _EXIT_TYPES.search(tree.text(raised)) is not None


def _is_told_elsewhere(clause: Node, tree: ModuleTree) -> bool:
    """Whether any call of a clause tells the traceback."""
    for call in tree.calls_within(clause):
        if _TRACES.search(call.last):
            return True
        log = log_call(call, tree)
        if log is not None and (call.last == "exception" or _has_traceback(call, tree)):
            return True
    return b"__traceback__" in tree.data[clause.start_byte : clause.end_byte]


def _has_traceback(call: Call, tree: ModuleTree) -> bool:
    given = call.argument(None, "exc_info")
    return given is not None and tree.text(given) not in ("False", "None")


def _is_kept(clause: Node, name: str, tree: ModuleTree) -> bool:
    """Whether the exception itself is returned, kept, or handed on to a function that is no log."""
    body = next((one for one in clause.children if one.type == "block"), None)
    if body is None:
        return False
    for use in uses_of(body, name, tree):
        above = use.parent
        while above is not None and above.type in ("keyword_argument", "tuple", "list", "expression_list"):
            above = above.parent
        if above is None:
            continue
        if above.type in ("return_statement", "assignment", "yield"):
            return True
        if above.type == "argument_list" and above.parent is not None:
            call = next((one for one in tree.calls_within(above.parent)[:1]), None)
            raised = next(ancestors(above.parent, "raise_statement", "block"), None)
            is_raised = raised is not None and raised.type == "raise_statement"
            if (
                call is not None
                and not is_raised
                and call.last not in _RENDERS
                and log_call(call, tree) is None
            ):
                return True
    return False


def _fix(log: LogCall, module: Module) -> OfferedFix:
    tree = module.tree
    method = log.call.function.child_by_field_name("attribute")
    by_method = log.call.last == "error"
    known = tree.resolve(log.logger) == "logging" or is_from_logging(log.logger, tree)

    def edits() -> list[TextEdit] | Refusal:
        held = log.call.node.child_by_field_name("arguments")
        arguments = log.call.arguments
        if method is None or held is None or log.call.node.has_error or not arguments:
            return Refusal("the call has a syntax error")
        if by_method:
            return module.call_instead(log.call, "exception")
        return [module.append_argument(arguments[-1], "exc_info=True")]

    return module.fix(
        "Log it with the traceback",
        edits,
        Applicability.SAFE if known else Applicability.UNSAFE,
        ""
        if known
        else f"It is assumed that `{tree.text(log.logger)}` is a logger like those of the standard library.",
    )
