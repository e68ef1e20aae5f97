"""CN204: what is named optional ends the program, or what is named required is only logged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from tree_sitter import Node

from canonry.model import Finding, Priority, Severity
from canonry.rules.base import Invalid, Module, Rule, RuleContext, Valid
from canonry.rules.facts.blocks import within_function
from canonry.rules.facts.conditions import Condition, conditions, is_absence, is_presence, negated
from canonry.rules.facts.contradictions import CHECKS_VALUES, contradicting
from canonry.rules.facts.handlers import caught
from canonry.rules.facts.necessity import (
    SIGNS,
    Form,
    Named,
    Need,
    named,
    names_in,
    quality_of,
    speaks_of_failure,
)
from canonry.syntax import ModuleTree
from canonry.syntax.tree import block_of


class OptionalTreatedAsRequired(Rule):
    """## What it does
    Finds a value, branch or collection that is named optional (`optional_...`, `non_critical`, `best_effort`)
    whose failure raises or exits, and the reverse: one that is named required whose failure is only logged.

    ## Why is this bad?
    One of the two is wrong, the name or the code. A service that was to start without its thumbnails does not
    start; one that was never to start without its database starts, and fails at the first request. No other
    linter compares what a name promises with what becomes of it.

    ## Example
    ```python
    for service in OPTIONAL_SERVICES:
        if not is_up(service):
            raise RuntimeError(f"{service} does not answer")
    ```

    ## Use instead
    ```python
    for service in OPTIONAL_SERVICES:
        if not is_up(service):
            logger.warning("%s does not answer", service)
    ```

    ## When it stays silent
    - the test is negated: `if not plugin.optional: raise`, `if name not in OPTIONAL: raise`
    - something else is tested too, and what is raised is for that
    - a wrong value is meant, not a missing one: the value is there, or the error says that it is invalid
    - the exception is caught in the same function, or says itself that one may go on (`SkipTest`)
    - of what is required: the log says what is done instead, or the function raises, exits or returns
      whether all is well afterwards
    - tests
    """

    code: ClassVar[str] = "CN204"
    name: ClassVar[str] = "optional-treated-as-required"
    severity: ClassVar[Severity] = Severity.WARNING
    priority: ClassVar[Priority | None] = Priority.P1
    tests: ClassVar[bool] = False
    signs: ClassVar = (SIGNS,)
    INVALID: ClassVar = (
        Invalid(
            "a service of an optional collection ends the start",
            """\
OPTIONAL_SERVICES = ["search", "thumbnails"]


def check_services(is_up):
    for service in OPTIONAL_SERVICES:
        if not is_up(service):
            raise RuntimeError(f"{service} does not answer")  # want: CN204 OPTIONAL_SERVICES


def import_all(optional_modules, importer):
    for name in optional_modules:
        try:
            importer(name)
        except ImportError as error:
            raise SystemExit(f"cannot import {name}") from error  # want: CN204 optional_modules
""",
        ),
        Invalid(
            "a flag says that it does not matter, and the program ends",
            """\
import sys


def finish(job, logger):
    if job.best_effort and job.failed:
        sys.exit(2)  # want: CN204 best_effort
    if job.non_critical:
        logger.error("%s has failed", job.name)
        sys.exit(1)  # want: CN204 non_critical


def load(plugin, importer):
    try:
        return importer(plugin.module)
    except ImportError as error:
        if plugin.optional:
            raise RuntimeError(plugin.name) from error  # want: CN204 optional
        return None
""",
        ),
        Invalid(
            "best effort, and the program ends where it fails",
            """\
import sys


def close(channel, logger):
    if channel.best_effort:
        try:
            channel.flush()
        except OSError:
            logger.exception("%s has not been flushed", channel.name)
            sys.exit(3)  # want: CN204 best_effort
    else:
        channel.flush()
""",
        ),
        Invalid(
            "the branch that is left where it is not required",
            """\
def check(plugin, logger):
    if plugin.is_up():
        return
    if not plugin.optional:
        logger.warning("%s is not there", plugin.name)
    else:
        raise RuntimeError(f"{plugin.name} is missing")  # want: CN204 optional
""",
        ),
        Invalid(
            "a failure that has the quality in its name",
            """\
class UploadError(Exception):
    pass


def finish(best_effort_upload_failed, optional_cache):
    if best_effort_upload_failed:
        raise UploadError("thumbnails")  # want: CN204 best_effort_upload_failed
    if not optional_cache.ping():
        raise UploadError("the cache does not answer")  # want: CN204 optional_cache
""",
        ),
        Invalid(
            "something optional that cannot be made",
            """\
def start(settings, connect):
    try:
        optional_cache = connect(settings.cache)
    except ConnectionError as error:
        raise RuntimeError("no cache") from error  # want: CN204 optional_cache
    return optional_cache
""",
        ),
        Invalid(
            "a field that every seed must have, and one without it only makes a line in the log",
            """\
def seed_issues(seeds, logger, create):
    for seed in seeds:
        required_fields = ["id", "labels", "project_id"]
        for field in required_fields:
            if field not in seed:
                logger.error(f"Required field '{field}' missing in seed")  # want: CN204 required_fields
                continue
        create(seed.pop("id"), **seed)
""",
        ),
        Invalid(
            "what is required is only logged",
            """\
import logging
import os

logger = logging.getLogger(__name__)

REQUIRED_VARIABLES = ["DATABASE_URL", "REDIS_URL"]


def check_variables():
    for name in REQUIRED_VARIABLES:
        if name not in os.environ:
            logger.warning("%s is not set", name)  # want: CN204 REQUIRED_VARIABLES


def is_ready(required_tables, present):
    for table in required_tables:
        if table not in present:
            logger.error("table %s is missing", table)  # want: CN204 required_tables
    return True


def start(component):
    try:
        component.start()
    except OSError:
        if component.required:
            logger.error("%s has failed", component.name)  # want: CN204 required
""",
        ),
        Invalid(
            "what is required of each of several; one failure of a check that is best effort",
            """\
import logging

logger = logging.getLogger(__name__)


def check_keys(config, required_keys):
    for section, keys in required_keys.items():
        for key in keys:
            if key not in config[section]:
                logger.warning("%s.%s is not set", section, key)  # want: CN204 only logged


def check_quota(best_effort, used):
    if best_effort:
        if used > 1.0:
            raise RuntimeError("quota exceeded")  # want: CN204 raises
        return
    if used > 0.8:
        raise RuntimeError("quota nearly exceeded")
""",
        ),
    )
    VALID: ClassVar = (
        Valid(
            "best effort, and what ends it is that somebody has cancelled it, or a wrong value",
            """\
def close(channel, logger):
    if channel.best_effort:
        try:
            channel.flush()
        except CancelledError:
            raise
        except ValueError as error:
            raise ChannelError(channel.name) from error
        except OSError:
            logger.warning("%s has not been flushed", channel.name)
""",
        ),
        Valid(
            "the test is negated",
            """\
def configure(plugin, names, optional_names):
    if not plugin.optional:
        raise RuntimeError(f"{plugin.name} is missing")
    for name in names:
        if name not in optional_names:
            raise RuntimeError(f"{name} is missing")
""",
        ),
        Valid(
            "raised for something else",
            """\
def start(optional_plugins, database, job, strict):
    for plugin in optional_plugins:
        if database is None:
            raise RuntimeError("no database")
        plugin.start(database)
    if job.best_effort and strict:
        raise RuntimeError("failed")
    if optional_plugins and database is None:
        raise RuntimeError("no database")
""",
        ),
        Valid(
            "a value that is there and wrong",
            """\
def check(data, optional_fields, limits, optional, default):
    for field in optional_fields:
        if field in data and not isinstance(data[field], str):
            raise TypeError(f"{field} is not a text")
    for field in optional_fields:
        if field not in limits:
            raise ValueError(f"unknown field {field}")
    if optional and default is not None:
        raise ValueError("an optional field cannot have a default")
""",
        ),
        Valid(
            "a policy that is asked for by name, and a claim that is there and does not fit",
            """\
def moderate(self, check, claims, optional_params, optional_claims):
    try:
        return check(claims)
    except OSError:
        if optional_params.get("fail_on_error", True):
            raise
    for name, expected in optional_claims.items():
        if not check(expected, claims.get(name), claims):
            raise LookupError(f"Check failed for optional claim {name!r}")


def number(text, fail):
    try:
        optional_number = int(text)
    except ValueError:
        raise fail("no number") from None
    return optional_number
""",
        ),
        Valid(
            "optional, and it only logs; required, and it raises",
            """\
import logging

logger = logging.getLogger(__name__)


def check(optional_columns, required_columns, header, component):
    for column in optional_columns:
        if column not in header:
            logger.info("no column %s", column)
    for column in required_columns:
        if column not in header:
            raise RuntimeError(f"no column {column}")
    if component.optional:
        logger.warning("%s is not there", component.name)
    else:
        raise RuntimeError(component.name)
""",
        ),
        Valid(
            "what is missing is collected, and raised afterwards",
            """\
import logging
import os

logger = logging.getLogger(__name__)


def check(required_names, required_tables, tables):
    missing = []
    for name in required_names:
        if name not in os.environ:
            logger.error("%s is not set", name)
            missing.append(name)
    for table in required_tables:
        if table not in tables:
            logger.error("%s is missing", table)
    if missing or len(tables) < len(required_tables):
        raise SystemExit(1)
""",
        ),
        Valid(
            "the exception is caught in the same function",
            """\
import logging


def start(optional_services, is_up):
    try:
        for service in optional_services:
            if not is_up(service):
                raise RuntimeError(f"{service} does not answer")
    except RuntimeError as error:
        logging.warning("%s", error)
""",
        ),
        Valid(
            "what is done instead is in the log",
            """\
import logging


def check(required_settings, settings):
    for name in required_settings:
        if name not in settings:
            logging.warning("%s is not set, the default is used", name)
""",
        ),
        Valid(
            "whoever is waiting for it goes on",
            """\
from unittest import SkipTest


def need(optional_modules, find):
    for name in optional_modules:
        if find(name) is None:
            raise SkipTest(f"{name} is not installed")
""",
        ),
    )

    def check_statement(self, statement: Node, module: Module, context: RuleContext) -> Iterator[Finding]:
        """A finding for each raise, exit and log in a statement that contradicts the name it depends on."""
        tree = module.tree
        if not SIGNS(tree.data[statement.start_byte : statement.end_byte]):
            return
        seen: set[int] = set()
        nodes = [statement] if statement.type in _LOOKED_AT else []
        for node in (*nodes, *tree.nodes(*_LOOKED_AT, within=statement)):
            found = _LOOKED_AT[node.type](node, tree)
            for place, held in found:
                if place.id in seen:
                    continue
                seen.add(place.id)
                yield self.finding(module, place, _said(held, place, tree))


def _said(held: Named, place: Node, tree: ModuleTree) -> str:
    if held.quality.need is Need.REQUIRED:
        return f"`{held.name}` is named required, and that it is missing is only logged"
    how = "raises" if place.type == "raise_statement" else "exits"
    return f"`{held.name}` is named optional, and its failure {how}"


# Branches


def _in_branches(statement: Node, tree: ModuleTree) -> Iterator[tuple[Node, Named]]:
    """What contradicts the names that the conditions of an if statement ask for."""
    last: Node | None = None
    for clause in (statement, *(one for one in statement.named_children if one.type == "elif_clause")):
        last = condition = clause.child_by_field_name("condition")
        body = clause.child_by_field_name("consequence")
        if condition is None or body is None or not SIGNS(tree.text(condition).encode()):
            continue
        held = _asked(condition, statement, tree)
        if held is not None:
            yield from contradicting(body, held, _is_sure(held, condition, statement, tree), tree)
    other = next((one for one in statement.named_children if one.type == "else_clause"), None)
    if other is None or last is None or any(one.type == "elif_clause" for one in statement.named_children):
        return
    inner = negated(last)
    held = named(inner, tree) if inner is not None else None
    body = other.child_by_field_name("body")
    if held is not None and held.quality.form is Form.FLAG and body is not None:
        yield from contradicting(body, held, _is_sure(held, last, statement, tree), tree)


def _asked(condition: Node, statement: Node, tree: ModuleTree) -> Named | None:
    """What a condition asks for, where its branch is taken when that is so, or when that has failed."""
    parts = conditions(condition, tree)
    for one in parts:
        held = _subject(one, tree)
        if held is None:
            continue
        others = [other for other in parts if other is not one]
        if all(_is_about(other, held, tree) and _is_failing(other, tree) for other in others):
            return held
    return None


def _subject(condition: Condition, tree: ModuleTree) -> Named | None:
    """What a single condition says of something with a quality: that it has it, or has failed."""
    node = condition.node
    held = named(node, tree)
    if held is not None:
        form = held.quality.form
        if form is Form.THING:
            is_empty = condition.negative and held.quality.need is Need.REQUIRED
            return held if is_empty else None
        return None if condition.negative else held
    if condition.member_of is not None:
        inner = named(condition.member_of, tree)
        return inner if inner is not None and not condition.negative else None
    if condition.equal_to is not None:
        inner = named(condition.equal_to, tree) or _named_text(condition.equal_to, tree)
        if inner is not None and inner.quality.form is Form.FLAG:
            return None if condition.negative else inner
    if not _is_failing(condition, tree):
        return None
    for name_node in _asked_about(node):
        inner = named(name_node, tree)
        if inner is not None and inner.quality.form is Form.THING:
            return inner
    return None


def _asked_about(node: Node) -> Iterator[Node]:
    """What an expression asks about: what it is an attribute or a call of, or the value that is given."""
    inner: Node | None = node
    while inner is not None:
        yield inner
        if inner.type == "call":
            held = inner.child_by_field_name("arguments")
            given = [one for one in held.named_children if one.type != "comment"] if held is not None else []
            if given and given[0].type in ("identifier", "attribute"):
                yield given[0]
            inner = inner.child_by_field_name("function")
        elif inner.type == "attribute":
            inner = inner.child_by_field_name("object")
        else:
            inner = None


def _named_text(node: Node, tree: ModuleTree) -> Named | None:
    """`kind == "optional"`: the text as a name."""
    text = tree.string(node)
    if text is None or " " in text:
        return None
    quality = quality_of(text)
    return Named(node, text, quality, "") if quality is not None else None


def _chains(node: Node) -> Iterator[Node]:
    """The names and attributes in an expression, outermost first; those of keywords left out."""
    pending = [node]
    while pending:
        one = pending.pop(0)
        if one.type in ("identifier", "attribute"):
            yield one
        if one.type == "attribute":
            inner = one.child_by_field_name("object")
            pending.extend([inner] if inner is not None else [])
        elif one.type == "keyword_argument":
            inner = one.child_by_field_name("value")
            pending.extend([inner] if inner is not None else [])
        else:
            pending.extend(one.named_children)


def _is_about(condition: Condition, held: Named, tree: ModuleTree) -> bool:
    """Whether a condition beside the one that names the quality is about the same thing."""
    is_bare = held.quality.form is Form.FLAG and held.node.type == "identifier"
    return is_bare or (bool(held.root) and _mentions(condition.whole, {held.root}, tree))


def _is_failing(condition: Condition, tree: ModuleTree) -> bool:
    """Whether a condition says that something has failed or is missing."""
    if is_absence(condition, tree):
        return True
    return not condition.negative and any(speaks_of_failure(one) for one in names_in(condition.node, tree))


def _is_sure(held: Named, condition: Node, statement: Node, tree: ModuleTree) -> bool:
    """Whether it is clear that a failure is what the branch answers."""
    if held.quality.form is Form.FAILURE:
        return True
    if held.quality.form is Form.FLAG and held.quality.strong:
        return True
    if any(one.type == "except_clause" for one in within_function(statement)):
        return True
    return any(_is_failing(one, tree) and one.node.id != held.node.id for one in conditions(condition, tree))


# What is required, and handlers


def _in_handlers(attempt: Node, tree: ModuleTree) -> Iterator[tuple[Node, Named]]:
    """What the handlers of a try do whose one statement makes something with a quality."""
    body = block_of(attempt)
    inner = body[0].named_children[0] if len(body) == 1 and body[0].named_children else None
    if inner is None or inner.type != "assignment":
        return
    held = named(inner.child_by_field_name("left"), tree)
    if held is None or held.quality.form is not Form.THING:
        return
    for clause in (one for one in attempt.named_children if one.type == "except_clause"):
        block = next((one for one in clause.children if one.type == "block"), None)
        types = [tree.text(one).rpartition(".")[2] for one in caught(clause)]
        if block is not None and not any(CHECKS_VALUES.search(one) for one in types):
            yield from contradicting(block, held, True, tree)


# Loops


def _in_loop(loop: Node, tree: ModuleTree) -> Iterator[tuple[Node, Named]]:
    """What contradicts the name of the collection that a loop goes through."""
    left, right, body = (loop.child_by_field_name(one) for one in ("left", "right", "body"))
    if left is None or right is None or body is None:
        return
    held = _collection(right, tree)
    if held is None or held.quality.form is not Form.THING:
        return
    variables = {tree.text(one) for one in _chains(left) if one.type == "identifier"}
    yield from _in_body(body, held, variables, tree)


def _collection(node: Node, tree: ModuleTree) -> Named | None:
    """The collection of a loop, through `sorted(...)`, `.items()` and the like."""
    for _ in range(3):
        held = named(node, tree)
        if held is not None:
            return held
        if node.type != "call":
            return None
        function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return None
        if function.type == "attribute" and tree.text(function).rpartition(".")[2] in (
            "items",
            "keys",
            "values",
        ):
            inner = function.child_by_field_name("object")
        elif function.type == "identifier" and tree.text(function) in (
            "sorted",
            "enumerate",
            "list",
            "set",
            "reversed",
        ):
            inner = arguments.named_children[0] if arguments.named_children else None
        else:
            return None
        if inner is None:
            return None
        node = inner
    return None


def _in_body(body: Node, held: Named, variables: set[str], tree: ModuleTree) -> Iterator[tuple[Node, Named]]:
    """What a loop's block does where the thing of this turn has failed."""
    for one in body.named_children:
        if one.type == "expression_statement" and one.named_children:
            _follow(one.named_children[0], variables, tree)
        elif one.type == "if_statement":
            condition, inner = one.child_by_field_name("condition"), one.child_by_field_name("consequence")
            if condition is None or inner is None or not _mentions(condition, variables, tree):
                continue
            parts = conditions(condition, tree)
            if any(is_presence(part, tree) and _mentions(part.whole, variables, tree) for part in parts):
                continue
            if all(_is_failing(part, tree) and _mentions(part.whole, variables, tree) for part in parts):
                yield from contradicting(inner, held, True, tree)
        elif one.type == "try_statement":
            attempt = one.child_by_field_name("body")
            if attempt is None or not _mentions(attempt, variables, tree):
                continue
            for clause in (each for each in one.named_children if each.type == "except_clause"):
                inner = next((each for each in clause.children if each.type == "block"), None)
                if inner is not None:
                    yield from contradicting(inner, held, True, tree)
            yield from _in_body(attempt, held, variables, tree)
        elif one.type == "with_statement":
            inner = one.child_by_field_name("body")
            if inner is not None:
                yield from _in_body(inner, held, variables, tree)
        elif one.type == "for_statement":
            left, right, inner = (one.child_by_field_name(each) for each in ("left", "right", "body"))
            if left is None or right is None or inner is None or not _mentions(right, variables, tree):
                continue
            own = {tree.text(each) for each in _chains(left) if each.type == "identifier"}
            yield from _in_body(inner, held, variables | own, tree)


def _follow(node: Node, variables: set[str], tree: ModuleTree) -> None:
    """Takes in the variables that are made of the loop's own."""
    if node.type != "assignment":
        return
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if (
        left is not None
        and right is not None
        and left.type == "identifier"
        and _mentions(right, variables, tree)
    ):
        variables.add(tree.text(left))


def _mentions(node: Node, names: set[str], tree: ModuleTree) -> bool:
    for one in _chains(node):
        text = tree.text(one)
        if text in names:
            return True
    return False


_LOOKED_AT: Final = {"if_statement": _in_branches, "for_statement": _in_loop, "try_statement": _in_handlers}
