"""Methods beside those of the classes above, below and beside theirs: what is said, and what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

import pytest
from canonry.edits.text import apply_edits
from canonry.model import Action, ActionKind, Finding, Fix, Range, Refusal
from canonry.workspace import Workspace

from .shop import opened, write

BODY = """\
        rows = []
        for line in self.lines:
            if line.amount > limit:
                rows.append(f"{line.number}: {line.amount:.2f} {currency}")
        return "\\n".join(sorted(rows))
"""
BASE = f"""\
class Document:
    def __init__(self, lines):
        self.lines = lines

    def large_lines(self, limit, currency):
{BODY}"""
OWN = f"""\
from shop.document import Document


class Invoice(Document):
    def number(self):
        return len(self.lines)

    def large_lines(self, limit, currency):
{BODY}"""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    root = tmp_path / "project"
    write(root, {"shop/__init__.py": "", "shop/document.py": BASE})
    workspace = opened(root, tmp_path / "cache")
    yield workspace
    workspace.shutdown()


def found_in(workspace: Workspace, text: str, path: str = "shop/invoice.py") -> list[Finding]:
    workspace.open(workspace.root / path, text)
    return [one for one in workspace.check(workspace.root / path) if one.code == "CN001"]


def removal(workspace: Workspace, text: str, path: str = "shop/invoice.py") -> Action | None:
    (finding,) = found_in(workspace, text, path)
    at = Range(finding.range.start, finding.range.start)
    actions = workspace.actions(workspace.root / path, at)
    return next((one for one in actions if one.kind is ActionKind.INHERIT), None)


def test_a_method_that_repeats_what_it_inherits_is_taken_out(shop: Workspace) -> None:
    (finding,) = found_in(shop, OWN)
    action = removal(shop, OWN)

    assert finding.message.startswith(
        "`large_lines` repeats `shop.document.Document.large_lines`, which it inherits: "
    )
    assert action is not None
    assert action.title == "Remove large_lines: it is inherited from Document"
    assert action.preferred
    fix = shop.resolve(action)
    assert isinstance(fix, Fix), fix
    assert apply_edits(OWN, fix.files[0].edits) == OWN[: OWN.index("\n    def large_lines")]


@pytest.mark.parametrize(
    ("bases", "is_offered"),
    [("(Document)", True), ("(ABC, Document)", True), ("(Generic[Line], Document)", False)],
)
def test_a_special_method_goes_where_it_would_be_inherited(
    tmp_path: Path, bases: str, is_offered: bool
) -> None:
    special = """\
    def __call__(self, limit, currency, *, separator="; "):
        rows = []
        for line in self.lines_of(currency):
            if line.amount > limit and not line.discounted:
                rows.append(f"{line.number:>6}: {line.amount:.2f} {currency}")
            elif line.is_subtotal():
                rows.append("-" * self.width)
            while len(rows) > self.longest:
                rows.pop(0)
        with self.journal.opened("a") as journal:
            journal.write(f"{self.heading}: {len(rows)} lines over {limit}\\n")
        if not rows:
            raise LookupError(f"nothing over {limit} in {self.heading!r}")
        return separator.join(sorted(rows, key=str.casefold))[: self.width * 80]
"""
    imports = "from abc import ABC\nfrom typing import Generic\n\nfrom shop.document import Document\n\n\n"
    files = {
        "shop/document.py": f"class Document:\n{special}",
        "shop/use.py": "from shop.document import Document\n\nprint(Document)\n",
    }
    write(tmp_path / "project", files)
    workspace = opened(tmp_path / "project", tmp_path / "cache")
    text = f"{imports}class Invoice{bases}:\n    width = 20\n\n{special}"
    (finding,) = found_in(workspace, text)
    action = removal(workspace, text)

    assert "repeats `shop.document.Document.__call__`, which it inherits" in finding.message
    assert (action is not None) is is_offered
    workspace.shutdown()


def test_what_would_come_from_another_class_is_not_offered_for_removal(shop: Workspace) -> None:
    write(
        shop.root,
        {"shop/short.py": "class Short:\n    def large_lines(self, limit, currency):\n        return 1\n"},
    )
    shop.files_changed([shop.root / "shop/short.py"])
    mixed = OWN.replace("(Document)", "(Short, Document)").replace(
        "import Document", "import Document\nfrom shop.short import Short"
    )
    foreign = OWN.replace("(Document)", "(Thread, Document)").replace(
        "from shop", "from threading import Thread\n\nfrom shop", 1
    )

    assert removal(shop, mixed) is None
    assert removal(shop, foreign) is None
    assert removal(shop, OWN.replace("(Document)", "(Document, Thread)")) is not None
    assert (
        removal(shop, foreign.replace("Thread", "Sized").replace("threading", "collections.abc")) is not None
    )


def test_a_class_below_with_another_base_keeps_it(shop: Workspace) -> None:
    below = (
        "from shop.invoice import Invoice\n\n\n"
        "class Special(Invoice):\n    pass\n\n\nclass Both(Special, dict):\n    pass\n"
    )
    write(shop.root, {"shop/invoice.py": OWN, "shop/both.py": below})
    shop.files_changed([shop.root / "shop/invoice.py", shop.root / "shop/both.py"])
    action = removal(shop, OWN)

    assert action is not None
    refused = shop.resolve(action)
    assert isinstance(refused, Refusal)
    assert refused.reason == "Both has other bases than Invoice, which may have large_lines too"


def test_an_override_of_what_is_written_is_no_duplicate_of_it(shop: Workspace) -> None:
    """Neither is the one in the class below a finding of the base, nor what does something else in it."""
    write(shop.root, {"shop/invoice.py": OWN, "shop/document.py": ""})
    shop.files_changed([shop.root / "shop/invoice.py", shop.root / "shop/document.py"])

    assert found_in(shop, BASE, "shop/document.py") == []


def test_a_method_of_a_sibling_is_said_in_other_words(shop: Workspace) -> None:
    base = "class Document:\n    def __init__(self, lines):\n        self.lines = lines\n"
    write(shop.root, {"shop/document.py": base, "shop/invoice.py": OWN})
    shop.files_changed([shop.root / "shop/document.py", shop.root / "shop/invoice.py"])

    offer = OWN.replace("Invoice", "Offer").replace(
        "def number(self):\n        return len(self.lines)",
        "def send(self, post):\n        post.send(self.lines, by=post.fastest())",
    )
    (finding,) = found_in(shop, offer, "shop/offer.py")
    (first, *_) = shop.actions(shop.root / "shop/offer.py", finding.range)

    assert "the same as `shop.invoice.Invoice" in finding.message
    assert "`shop.document.Document` is a base of both" in finding.message
    assert first.kind is not ActionKind.INHERIT


def test_members_are_looked_for_in_pythons_order(shop: Workspace) -> None:
    from canonry.rules.facts.relatives import inherited_from, resolution_order

    text = dedent("""\
        class Top:
            def close(self): ...
            def open(self): ...

        class Left(Top): ...

        class Right(Top):
            def close(self): ...

        class Both(Left, Right): ...

        class Contradiction(Top, Left): ...
        """)
    write(shop.root, {"shop/kinds.py": text})
    shop.files_changed([shop.root / "shop/kinds.py"])
    context = shop._checker(shop._documents.document(shop.root / "shop/kinds.py"))

    order = resolution_order("shop.kinds.Both", context)
    assert order == [f"shop.kinds.{one}" for one in ("Both", "Left", "Right", "Top")]
    assert resolution_order("shop.kinds.Contradiction", context) is None
    assert inherited_from("shop.kinds.Both", "close", context) == "shop.kinds.Right"
    assert inherited_from("shop.kinds.Both", "open", context) == "shop.kinds.Top"
    assert inherited_from("shop.kinds.Both", "seek", context) == ""


def test_what_is_being_written_is_the_later_one_whoever_waits_for_it(shop: Workspace) -> None:
    """Saved, it is the one that others use, and the other one is the duplicate."""
    function = "def large_lines(self, limit, currency):\n" + indent(dedent(BODY), "    ")
    files = {
        "shop/old.py": function,
        "shop/document.py": "",
        "shop/use.py": "from shop.new import big_lines\n\nprint(big_lines)\n",
    }
    write(shop.root, files)
    shop.files_changed([shop.root / one for one in files])
    text = function.replace("large_lines", "big_lines")

    (finding,) = found_in(shop, text, "shop/new.py")
    write(shop.root, {"shop/new.py": text})
    shop.files_changed([shop.root / "shop/new.py"])

    assert "shop.old.large_lines" in finding.message
    assert found_in(shop, text, "shop/new.py") == []
    assert [one.symbol for one in found_in(shop, function, "shop/old.py")] == ["shop.old.large_lines"]


def test_a_method_written_into_a_class_that_is_a_finding_is_said_where_it_is_written(shop: Workspace) -> None:
    """Saved, it is a part of what the class's finding says."""
    ledger = dedent("""\
        class Ledger:
            def __init__(self, lines):
                self.lines = lines

            def balance_until(self, day, currency):
                chosen = [one for one in self.lines if one.day <= day and one.currency == currency]
                return sum(one.amount for one in chosen)

            def opened_by(self, person):
                return sorted({one.account for one in self.lines if one.person == person})
        """)
    journal = ledger.replace("Ledger", "Journal")
    extra = "\n    def large_lines(self, limit, currency):\n" + BODY
    write(shop.root, {"shop/document.py": "", "shop/ledger.py": ledger + extra, "shop/journal.py": journal})
    shop.files_changed([shop.root / f"shop/{one}.py" for one in ("document", "ledger", "journal")])

    written = [one.symbol for one in found_in(shop, journal + extra, "shop/journal.py")]
    write(shop.root, {"shop/journal.py": journal + extra})
    shop.files_changed([shop.root / "shop/journal.py"])
    saved = [one.symbol for one in found_in(shop, journal + extra, "shop/journal.py")]

    assert written == ["shop.journal.Journal", "shop.journal.Journal.large_lines"]
    assert saved == ["shop.journal.Journal"]


FAMILY = """\
from shop.base import FilterSet
from shop.models import Q


class {0}FilterSet(FilterSet):
    kind = "{0}"

    def choices(self, one):
        return one.{1}.all() or self.{1}_of(one)

    def search(self, queryset, name, value):
        words = [one for one in value.split() if len(one) > 1]
        if not words:
            return queryset
        wanted = Q(pk__in=[])
        while words:
            word = words.pop()
            wanted |= Q(name__icontains=word) | Q(slug__icontains=word) & ~Q(hidden=True)
        return queryset.filter(wanted).distinct()[: self.most + 1]
"""


def test_a_copy_is_said_though_a_whole_family_has_it(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model alone takes what many siblings have, and what is called everywhere, for their common way."""
    names = ("Site", "Tenant", "Rack", "Contact", "Cluster", "Circuit", "Device", "Cable", "Module", "Vendor")
    files = {f"shop/{one.lower()}/filters.py": FAMILY.format(one, one.lower()) for one in names}
    calls = "\n\n".join(f"def view_{one}(filters, rows):\n    return filters.search(rows)\n" for one in names)
    base = "class FilterSet:\n    def fields(self):\n        return ()\n"
    # In a workspace of a few definitions everything is common.
    jobs = "\n\n".join(f"def job_{at}(tasks):\n    print(tasks.pop({at}))\n" for at in range(120))
    write(shop.root, {**files, "shop/base.py": base, "shop/views.py": calls, "shop/document.py": jobs})
    shop.refresh()
    path, text = "shop/region/filters.py", FAMILY.format("Region", "region")

    said = [one.symbol for one in found_in(shop, text, path)]
    monkeypatch.setattr("canonry.match.rank.LEAST_OF_COPIES", 0.0)
    shop.close_buffer(shop.root / path)

    assert said == ["shop.region.filters.RegionFilterSet.search"]
    assert found_in(shop, text, path) == []


def test_a_class_is_no_duplicate_of_one_far_above_it(shop: Workspace, tmp_path: Path) -> None:
    """What it repeats of that is said of the method."""
    between = "from shop.document import Document\n\n\nclass Letter(Document):\n    pages = 1\n"
    write(shop.root, {"shop/letter.py": between})
    fresh = opened(shop.root, tmp_path / "fresh")
    text = OWN.replace("Document", "Letter").replace("shop.document", "shop.letter")
    text = text.replace("def number(self)", "def __init__(self, lines)").replace(
        "return len(self.lines)", "self.lines = lines"
    )

    said = [one.symbol for one in found_in(fresh, text)]
    fresh.shutdown()

    assert said == ["shop.invoice.Invoice.large_lines"]
