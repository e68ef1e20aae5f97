"""What the facade promises: buffers win, settings and comments are obeyed, every question has an answer."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from textwrap import dedent, indent

import pytest
from canonry.config import Accepted, ReuseSettings, Settings
from canonry.edits.text import apply_edits
from canonry.model import Action, ActionKind, Fix, Position, Range, Refusal, Severity
from canonry.workspace import CheckCancelled, Workspace

from .shop import COPY, READER, opened, said, write

NEW = "shop/new.py"
FOUND = [("round_currency", "shop.money.round_half_up")]
START = Range(Position(0, 0), Position(0, 0))
HEADER = Range(Position(3, 4), Position(3, 4))
"""Where the definition of COPY has its name."""


def check(workspace: Workspace, text: str, path: str = NEW) -> list[tuple[str, str]]:
    workspace.update(workspace.root / path, text)
    return said([one for one in workspace.check(workspace.root / path) if one.code == "CN001"])


def with_settings(root: Path, tmp_path: Path, settings: Settings, text: str = COPY) -> list[tuple[str, str]]:
    workspace = opened(root, tmp_path / "cache", settings)
    try:
        return check(workspace, text)
    finally:
        workspace.shutdown()


# Documents


def test_a_buffer_wins_over_the_disk_and_closing_returns_to_it(workspace: Workspace) -> None:
    path = workspace.root / NEW
    write(workspace.root, {NEW: "x = 1\n"})
    workspace.files_changed([path])

    assert workspace.check(path) == ()
    workspace.open(path, COPY, 1)
    assert said(workspace.check(path)) == FOUND
    assert workspace.text_of(path) == COPY
    workspace.update(path, "y = 2\n", 2)
    assert workspace.check(path) == ()
    workspace.update(path, COPY, 3)
    workspace.close_buffer(path)
    assert workspace.check(path) == ()
    assert workspace.text_of(path) == "x = 1\n"


def test_the_finding_says_what_exists_where_and_why(workspace: Workspace) -> None:
    workspace.open(workspace.root / NEW, COPY)

    (finding,) = workspace.check(workspace.root / NEW)

    assert (finding.code, finding.name, finding.symbol) == (
        "CN001",
        "reimplemented-definition",
        "shop.new.round_currency",
    )
    assert finding.range == Range(Position(3, 4), Position(3, 18))
    assert "`round_currency`" in finding.message
    assert "`shop.money.round_half_up`" in finding.message
    assert finding.evidence[0].why in finding.message
    assert finding.related[0].location.path == workspace.root / "shop/money.py"
    assert finding.related[0].location.range == Range(Position(5, 4), Position(5, 17))
    assert finding.probability is not None
    assert finding.probability >= workspace.settings.reuse.minimum_probability


def test_a_file_outside_of_the_index_cannot_be_opened(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="subpath"):
        workspace.open(tmp_path / "elsewhere.py", "")


def test_what_is_in_another_unsaved_buffer_is_found(workspace: Workspace) -> None:
    fresh = "def spread_evenly(total, parts):\n    share, rest = divmod(total, parts)\n" + (
        "    shares = [share + 1] * rest + [share] * (parts - rest)\n    return shares\n"
    )
    workspace.open(workspace.root / "shop/unsaved.py", fresh)

    found = check(workspace, fresh.replace("spread_evenly", "distribute_evenly"))

    assert found == [("distribute_evenly", "shop.unsaved.spread_evenly")]
    workspace.close_buffer(workspace.root / "shop/unsaved.py")
    assert "shop.unsaved.spread_evenly" not in str(workspace.check(workspace.root / NEW))


def test_a_definition_is_not_its_own_older_self(workspace: Workspace) -> None:
    path = workspace.root / "shop/money.py"
    text = path.read_text("utf-8")

    workspace.open(path, text)
    assert workspace.check(path) == ()
    workspace.update(path, text.replace("rounded", "result"))
    assert workspace.check(path) == ()
    workspace.update(path, text.replace("round_half_up", "round_commercially"))
    assert workspace.check(path) == ()


def test_a_definition_that_is_moved_is_not_its_own_older_self(workspace: Workspace) -> None:
    old = workspace.root / "shop/money.py"
    text = old.read_text("utf-8")
    moved = COPY.replace("round_currency", "round_half_up")

    assert check(workspace, moved) == [("round_half_up", "shop.money.round_half_up")]
    workspace.open(old, text.replace("round_half_up", "x").partition("def x")[0])
    assert said(workspace.check(workspace.root / NEW)) == []
    workspace.close_buffer(old)
    old.unlink()
    assert workspace.files_changed([old])
    assert said(workspace.check(workspace.root / NEW)) == []


def test_files_that_change_on_disk_are_followed(workspace: Workspace) -> None:
    path = workspace.root / "shop/late.py"
    fresh = READER.replace("load_records", "fetch_rows").replace("json.loads", "json.JSONDecoder().decode")
    (workspace.root / "shop/files.py").write_text("", "utf-8")

    assert workspace.files_changed([workspace.root / "shop/files.py"])
    assert check(workspace, READER) == []
    write(workspace.root, {"shop/late.py": fresh.replace("json.JSONDecoder().decode", "json.loads")})
    assert workspace.files_changed([path])
    assert not workspace.files_changed([path])
    assert check(workspace, READER) == [("load_records", "shop.late.fetch_rows")]
    path.unlink()
    assert workspace.files_changed([path])
    assert check(workspace, READER) == []


def test_a_file_opened_before_the_index_is_there_gets_its_name_from_it(tmp_path: Path) -> None:
    root = (tmp_path / "work").resolve()
    write(root, {"src/shop/__init__.py": "", "src/shop/money.py": "def f(a):\n    return a\n"})
    write(root, {"src/app.py": "from shop.money import f\n"})
    workspace = Workspace(root, cache=tmp_path / "cache")
    workspace.open(root / "src/shop/new.py", "def g(a):\n    return a\n")
    workspace.definitions(root / "src/shop/new.py")
    workspace.refresh()

    (symbol,) = workspace.definitions(root / "src/shop/new.py")
    workspace.shutdown()

    assert symbol.qualified_name == "shop.new.g"


def test_a_check_that_is_overtaken_is_given_up(workspace: Workspace) -> None:
    workspace.open(workspace.root / NEW, COPY)
    calls = iter([False, True])

    with pytest.raises(CheckCancelled):
        workspace.check(workspace.root / NEW, lambda: True)
    with pytest.raises(CheckCancelled):
        workspace.check(workspace.root / NEW, lambda: next(calls, True))
    assert said(workspace.check(workspace.root / NEW)) == FOUND


def test_the_audit_of_a_saved_file_is_the_check_of_its_text(root: Path, tmp_path: Path) -> None:
    write(root, {NEW: COPY + "\n\n" + READER, "shop/more.py": READER.replace("load", "get")})
    workspace = opened(root, tmp_path / "cache")
    audited = workspace.audit()
    checked = []
    for path in workspace.files():
        workspace.open(path, path.read_text("utf-8"))
        checked.extend(workspace.check(path))
        workspace.close_buffer(path)
    some = workspace.audit([Path(NEW)])
    workspace.shutdown()

    assert audited == tuple(checked)
    assert len(some) == 2
    assert some == tuple(one for one in audited if one.path == root / NEW)


# Settings and comments


def test_no_threshold_shows_the_best_candidates(root: Path, tmp_path: Path) -> None:
    unlike = (
        "def price_list(lines, places):\n    amounts = [line.amount for line in lines]\n"
        "    return sum(amounts)\n"
    )
    everything = Settings(reuse=ReuseSettings(minimum_probability=0, minimum_lines=1))

    assert with_settings(root, tmp_path, Settings(), unlike) == []
    assert [name for name, _ in with_settings(root, tmp_path, everything, unlike)] == ["price_list"]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(accepted=(Accepted(("shop.money.round_half_up", "shop.new.*"), "two currencies"),)),
        Settings(reuse=ReuseSettings(exclude=("shop/new.py",))),
        Settings(reuse=ReuseSettings(exclude=("shop/n*",))),
        Settings(reuse=ReuseSettings(exclude=("shop.money.*",))),
        Settings(reuse=ReuseSettings(exclude=("shop.new.round_currency",))),
        Settings(reuse=ReuseSettings(minimum_lines=6)),
        Settings(per_file_ignores={"shop/*.py": ("CN0",)}),
        Settings(per_file_ignores={"shop/": ("reimplemented-definition",)}),
        Settings(ignore=("CN001",)),
        Settings(select=("CN1",)),
        Settings(severity={"CN001": "off"}),
        Settings(severity={"ALL": "off"}),
    ],
    ids=lambda one: str({key: value for key, value in vars(one).items() if value != vars(Settings())[key]}),
)
def test_settings_silence(root: Path, tmp_path: Path, settings: Settings) -> None:
    assert with_settings(root, tmp_path, settings) == []


def test_settings_that_speak_of_others_silence_nothing(root: Path, tmp_path: Path) -> None:
    yesterday = date.today() - timedelta(days=1)
    settings = Settings(
        accepted=(
            Accepted(("shop.money.round_half_up", "shop.new.*"), "until the merger", yesterday),
            Accepted(("shop.new.*",), "one side alone"),
        ),
        reuse=ReuseSettings(exclude=("money.*", "lib/", "shop/files.py")),
        per_file_ignores={"lib/*.py": ("CN001",), "shop/*.py": ("CN1",)},
        ignore=("CN1",),
        select=("CN0",),
    )

    assert with_settings(root, tmp_path, settings) == FOUND


def test_the_severity_is_that_of_the_longest_key(root: Path, tmp_path: Path) -> None:
    settings = Settings(severity={"ALL": "off", "CN": "hint", "CN001": "error"})
    workspace = opened(root, tmp_path / "cache", settings)
    workspace.open(root / NEW, COPY)
    (finding,) = workspace.check(root / NEW)
    workspace.shutdown()

    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("before", "after", "silent"),
    [
        ("def round_currency", "# canonry: ignore[CN001] as the bank does\ndef round_currency", True),
        ("def round_currency", "# canonry: ignore\ndef round_currency", True),
        ("places=2):", "places=2):  # canonry: ignore[CN001]", True),
        ("from decimal", "# canonry: ignore-file\nfrom decimal", True),
        ("from decimal", "# canonry: ignore-file[CN001]\nfrom decimal", True),
        ("from decimal", "# canonry: ignore-file[CN9]\nfrom decimal", False),
        ("def round_currency", "# canonry: ignore[CN9]\ndef round_currency", False),
        ("def round_currency", "# canonry: ignore\n\ndef round_currency", False),
        ("    return", "    # canonry: ignore\n    return", False),
    ],
)
def test_comments_take_a_finding_back(workspace: Workspace, before: str, after: str, silent: bool) -> None:
    assert check(workspace, COPY.replace(before, after, 1)) == ([] if silent else FOUND)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("", ["CN701 2", "CN203 8"]),
        ("  # canonry: ignore[CN203] masts fail", ["CN701 2"]),
        ("  # canonry: ignore[CN2,CN7]", []),
        ("  # canonry: ignore", ["CN701 2", "CN203 8"]),
    ],
)
def test_a_comment_with_codes_at_a_class_is_about_what_is_inside(
    workspace: Workspace, comment: str, said: list[str]
) -> None:
    text = f"""\
class Mast:{comment}
    def ping(self, radio):
        # TODO: check permissions
        return radio.send(b"?")

    def height(self, radio):
        try:
            return radio.height()
        except Exception:
            return 0
"""
    path = workspace.root / "shop/mast.py"
    workspace.open(path, text)
    found = workspace.check(path)
    assert [f"{one.code} {one.range.start.line}" for one in found if one.code != "CN900"] == said


def test_a_comment_at_a_class_is_not_about_what_its_methods_repeat(workspace: Workspace) -> None:
    head, tail = COPY.split("def ", 1)
    method = indent(f"@staticmethod\ndef {tail}", "    ")
    plain = check(workspace, f"{head}class Money:\n{method}")
    assert plain == check(workspace, f"{head}class Money:  # canonry: ignore[CN001]\n{method}")


def test_a_finding_in_a_docstring_is_ignored_behind_its_end(workspace: Workspace) -> None:
    path = workspace.root / "shop/orders.py"
    text = 'def orders():\n    """All of them.\n\n    TODO: check permissions\n    """\n    return []\n'
    workspace.open(path, text)
    (finding,) = [one for one in workspace.check(path) if one.code == "CN701"]

    action = next(one for one in workspace.actions(path, finding.range) if one.kind is ActionKind.IGNORE)
    fix = workspace.resolve(action)

    assert isinstance(fix, Fix)
    changed = apply_edits(text, fix.files[0].edits)
    assert changed == text.replace('    """\n    ret', '    """  # canonry: ignore[CN701]\n    ret')
    workspace.update(path, changed, None)
    assert "CN701" not in {one.code for one in workspace.check(path)}


def test_settings_of_the_editor_and_of_files_are_taken_up(workspace: Workspace) -> None:
    assert check(workspace, COPY) == FOUND
    workspace.set_editor_settings({"reuse": {"exclude": ["shop/new.py"]}})
    assert check(workspace, COPY) == []
    workspace.set_editor_settings({})
    assert check(workspace, COPY) == FOUND
    (workspace.root / "canonry.toml").write_text("ignore = ['CN001']\nunknown = 1\n", "utf-8")
    assert workspace.reload_settings()
    assert check(workspace, COPY) == []
    assert [one.code for one in workspace.settings_findings()[workspace.root / "canonry.toml"]] == ["CN901"]
    assert not workspace.reload_settings()


def test_what_a_test_module_is_may_change_while_it_is_open(workspace: Workspace) -> None:
    path = workspace.root / "shop/spec_money.py"
    write(workspace.root, {"shop/spec_helpers.py": READER})
    workspace.open(path, "def helper(a):\n    return a\n")
    before = workspace.definitions(path)[0].traits

    workspace.set_editor_settings({"tests": {"files": ["spec_*.py"]}})

    assert workspace.definitions(path)[0].traits != before


# Hover and search


def test_hover_on_a_finding_tells_what_exists_and_leaves_the_reasons_to_the_finding(
    workspace: Workspace,
) -> None:
    workspace.open(workspace.root / NEW, COPY)

    shown = workspace.hover(workspace.root / NEW, Position(3, 6))

    assert shown is not None
    assert shown.range == Range(Position(3, 4), Position(3, 18))
    assert "shop.money.round_half_up" in shown.markdown
    assert "def round_half_up(amount, places=2)" in shown.markdown
    assert "Round an amount of money half up" in shown.markdown
    assert "**Already exists**" in shown.markdown
    assert "used by 1 module" in shown.plain
    assert "Why: " not in shown.markdown


def test_hover_gives_the_reasons_where_no_finding_does(workspace: Workspace) -> None:
    text = COPY.replace("def ", "# canonry: ignore[CN001] a test\ndef ", 1)
    workspace.open(workspace.root / NEW, text)
    line = text.splitlines().index(next(one for one in text.splitlines() if one.startswith("def ")))

    shown = workspace.hover(workspace.root / NEW, Position(line, 6))

    assert shown is not None
    assert "**Similar**" in shown.markdown
    assert "Why: " in shown.markdown


def test_hover_shows_the_prose_of_a_docstring(workspace: Workspace) -> None:
    money = workspace.root / "shop/money.py"
    example = 'as shops do.\n\n    >>> round_half_up("1.005")\n    Decimal("1.01")\n    """'
    money.write_text(money.read_text("utf-8").replace('as invoices want it."""', example), "utf-8")
    workspace.files_changed([money])
    workspace.open(workspace.root / NEW, COPY)

    shown = workspace.hover(workspace.root / NEW, Position(3, 6))

    assert shown is not None
    assert "half up, as shops do." in shown.markdown
    assert ">>>" not in shown.markdown


def test_hover_on_a_definition_tells_who_uses_it(workspace: Workspace) -> None:
    shown = workspace.hover(workspace.root / "shop/money.py", Position(5, 6))

    assert shown is not None
    assert "`round_half_up` is used by 1 module." in shown.markdown
    assert workspace.hover(workspace.root / "shop/money.py", Position(0, 0)) is None


def test_search_by_letters_name_and_description(workspace: Workspace) -> None:
    workspace.open(workspace.root / NEW, "class RoundTable:\n    seats = 12\n")

    assert [one.name for one in workspace.search("round_half_up")][:1] == ["round_half_up"]
    assert {"round_half_up", "RoundTable"} <= {one.name for one in workspace.search("round")}
    assert [one.name for one in workspace.search("rhu")][:1] == ["round_half_up"]
    assert len(workspace.search("", 3)) == 3
    assert workspace.search("zzzzqqqq") == ()
    assert workspace.similar_name("fetch_json_lines")[0].symbol.name == "read_json_lines"
    assert workspace.similar_text("sum of the bookings up to a day")[0].symbol.name == "balance_until"


def test_similar_at_a_line(workspace: Workspace) -> None:
    workspace.open(workspace.root / NEW, COPY)

    symbol, matches = workspace.similar_at(workspace.root / NEW, 5)

    assert symbol.qualified_name == "shop.new.round_currency"
    assert matches[0].symbol.qualified_name == "shop.money.round_half_up"
    assert matches[0].evidence
    with pytest.raises(LookupError, match=r"shop/new\.py:1: no function or class there"):
        workspace.similar_at(workspace.root / NEW, 0)


def test_definitions_and_status(workspace: Workspace) -> None:
    names = {one.local_name: one.uses for one in workspace.definitions(workspace.root / "shop/money.py")}
    status = workspace.status()

    assert names == {"round_half_up": 1, "Ledger": 0, "Ledger.__init__": 0, "Ledger.balance_until": 0}
    assert (status.files, status.definitions, status.ready) == (4, 7, True)
    workspace.clear_index()
    assert workspace.status().definitions == 0
    assert workspace.refresh().definitions == 7


# Actions


def actions(workspace: Workspace, text: str, at: Range = HEADER) -> tuple[Action, ...]:
    workspace.update(workspace.root / NEW, text, 5)
    return workspace.actions(workspace.root / NEW, at)


def test_each_finding_has_its_actions_and_only_there(workspace: Workspace) -> None:
    found = actions(workspace, COPY)

    of_uses = {ActionKind.REPLACE_USE, ActionKind.REPLACE_ALL_USES}
    not_here = {ActionKind.FIX, ActionKind.EXTEND, ActionKind.INHERIT}
    assert {one.kind for one in found} == set(ActionKind) - of_uses - not_here
    assert [one.title for one in found if one.preferred] == ["Use existing round_half_up from shop.money"]
    assert all(not one.disabled for one in found)
    assert actions(workspace, COPY, START) == ()


def test_an_action_names_where_the_existing_definition_is(workspace: Workspace) -> None:
    (first, *_) = [one for one in actions(workspace, COPY) if one.kind is ActionKind.OPEN_EXISTING]

    assert first.target_location is not None
    assert first.target_location.path == workspace.root / "shop/money.py"
    assert isinstance(workspace.resolve(first), Refusal)


def test_using_the_existing_one_gives_text_without_the_finding(workspace: Workspace) -> None:
    from canonry.edits.text import apply_edits

    text = COPY + "\n\ndef total(x):\n    return round_currency(x)\n"
    (use,) = [one for one in actions(workspace, text) if one.preferred]

    fix = workspace.resolve(use)

    assert isinstance(fix, Fix)
    (change,) = fix.files
    assert change.version == 5
    result = apply_edits(text, change.edits)
    assert "from shop.money import round_half_up" in result
    assert "return round_half_up(x)" in result
    assert check(workspace, result) == []


def test_ignoring_it_here_takes_the_finding_back(workspace: Workspace) -> None:
    from canonry.edits.text import apply_edits

    (ignore,) = [one for one in actions(workspace, COPY) if one.kind is ActionKind.IGNORE]

    fix = workspace.resolve(ignore)

    assert isinstance(fix, Fix)
    (change,) = fix.files
    assert (change.path, change.version) == (workspace.root / NEW, 5)
    assert check(workspace, apply_edits(COPY, change.edits)) == []


@pytest.mark.parametrize("file", ["", "pyproject.toml", "canonry.toml"])
def test_accepting_it_takes_the_finding_back_with_the_reason(root: Path, tmp_path: Path, file: str) -> None:
    from canonry.edits.text import apply_edits

    before = {"pyproject.toml": "[project]\nname = 'shop'\n", "canonry.toml": "# ours\n[reuse]\n"}.get(
        file, ""
    )
    if file:
        write(root, {file: before})
    workspace = opened(root, tmp_path / "cache")
    (accept,) = [one for one in actions(workspace, COPY) if one.kind is ActionKind.ACCEPT]

    fix = workspace.resolve(accept, "two currencies")

    assert isinstance(fix, Fix)
    (change,) = fix.files
    assert change.path == root / (file or "canonry.toml")
    change.path.write_text(apply_edits(before, change.edits), "utf-8")
    assert workspace.reload_settings()
    assert workspace.settings.accepted[0].reason == "two currencies"
    assert check(workspace, COPY) == []
    workspace.shutdown()


def resolved(workspace: Workspace, kind: ActionKind) -> Fix:
    (action,) = [one for one in actions(workspace, COPY) if one.kind is kind]
    fix = workspace.resolve(action)
    assert isinstance(fix, Fix), fix
    return fix


def test_delegating_leaves_a_call_of_the_existing_one(workspace: Workspace) -> None:
    from canonry.edits.text import apply_edits

    (change,) = resolved(workspace, ActionKind.DELEGATE).files

    assert apply_edits(COPY, change.edits) == (
        "from shop.money import round_half_up\n\n\n"
        "def round_currency(amount, places=2):\n"
        '    """Round an amount of money half up, as invoices want it."""\n'
        "    return round_half_up(amount, places)\n"
    )


def test_a_class_is_extended(root: Path, tmp_path: Path) -> None:
    from canonry.edits.text import apply_edits

    text = dedent("""\
        from decimal import Decimal


        class Journal:
            def __init__(self):
                self.bookings = []

            def balance_until(self, day):
                total = Decimal(0)
                for booking in self.bookings:
                    if booking.day <= day:
                        total += booking.amount
                return total

            def close(self):
                self.bookings.clear()
        """)
    workspace = opened(root, tmp_path / "cache", Settings(reuse=ReuseSettings(minimum_probability=0.01)))
    found = actions(workspace, text, Range(Position(3, 6), Position(3, 6)))
    (action,) = [one for one in found if one.kind is ActionKind.EXTEND]
    fix = workspace.resolve(action)
    workspace.shutdown()

    assert isinstance(fix, Fix), fix
    assert apply_edits(text, fix.files[0].edits) == (
        "from shop.money import Ledger\n\n\nclass Journal(Ledger):\n"
        "    def close(self):\n        self.bookings.clear()\n"
    )


def test_the_existing_one_is_declared_canonical_where_it_stands(workspace: Workspace) -> None:
    from canonry.edits.text import apply_edits

    (change,) = resolved(workspace, ActionKind.MARK_CANONICAL).files

    assert change.path == workspace.root / "shop/money.py"
    after = apply_edits(workspace.text_of(change.path), change.edits)
    assert "def round_half_up(amount, places=2):  # canonry: canonical\n" in after


def test_the_existing_one_is_declared_canonical_in_the_settings(workspace: Workspace) -> None:
    (change,) = resolved(workspace, ActionKind.REGISTER_CANONICAL).files
    change.path.write_text(change.edits[0].new_text)

    assert workspace.reload_settings()
    declared = workspace.settings.canonical["round_half_up"]
    assert declared.symbol == "shop.money.round_half_up"
    assert declared.supersedes == ("shop.new.round_currency",)


def test_settings_that_are_open_count_with_their_text_and_version(workspace: Workspace) -> None:
    path = workspace.root / "canonry.toml"
    path.write_text("# on disk\n")
    workspace.open(path, "# in the editor\n[reuse]\n", 4)

    for kind in (ActionKind.ACCEPT, ActionKind.REGISTER_CANONICAL):
        (change,) = resolved(workspace, kind).files
        assert (change.path, change.version) == (path, 4)
        assert change.edits[0].range.start.line == 2


def test_what_has_vanished_meanwhile_is_refused_in_words(workspace: Workspace) -> None:
    (use,) = [one for one in actions(workspace, COPY) if one.preferred]
    workspace.update(workspace.root / NEW, "")
    gone = workspace.resolve(use)
    workspace.update(workspace.root / NEW, COPY)
    workspace.open(workspace.root / "shop/money.py", "")
    target_gone = workspace.resolve(use)

    assert gone == Refusal("`shop.new.round_currency` is no longer in shop/new.py")
    assert target_gone == Refusal("`shop.money.round_half_up` is no longer there")


def test_a_method_is_shown_disabled_with_the_reason(root: Path, tmp_path: Path) -> None:
    method = (
        "class Journal:\n    def balance_to(self, day):\n        total = Decimal(0)\n"
        "        for booking in self.bookings:\n            if booking.day <= day:\n"
        "                total += booking.amount\n        return total\n"
    )
    function = (
        "def balance_of(self, day):\n    total = Decimal(0)\n    for booking in self.bookings:\n"
        "        if booking.day <= day:\n            total += booking.amount\n    return total\n"
    )
    workspace = opened(root, tmp_path / "cache", Settings(reuse=ReuseSettings(minimum_probability=0.5)))
    in_method = actions(workspace, method, Range(Position(1, 8), Position(1, 8)))
    of_method = actions(workspace, function, START)
    workspace.shutdown()

    reasons = {one.disabled for one in in_method if one.kind is ActionKind.USE_EXISTING}
    assert reasons == {"balance_to is a method; what is found through its class cannot be an import"}
    target = "shop.money.Ledger.balance_until"
    (use,) = [one for one in of_method if one.kind is ActionKind.USE_EXISTING and one.target == target]
    assert use.disabled == "balance_until is a method of Ledger; call it on an instance"
    assert not use.preferred
