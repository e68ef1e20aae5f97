"""What an opened menu says of its actions before one is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from canonry.model import ActionKind, Applicability, Position, Range, Refusal
from canonry.workspace import Workspace, weighing
from canonry.workspace.weighing import WeighedAction

from .shop import COPY, FILES, opened, write

HEADER = Range(Position(3, 5), Position(3, 5))
OF_CODE = (ActionKind.USE_EXISTING, ActionKind.DELEGATE)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Workspace]:
    write(tmp_path / "work", FILES)
    workspace = opened(tmp_path / "work", tmp_path / "cache")
    yield workspace
    workspace.shutdown()


def menu(shop: Workspace, text: str) -> list[WeighedAction]:
    """What is offered to do with the code, in its order."""
    path = shop.root / "shop/new.py"
    shop.update(path, text, 1)
    found = shop.weigh(shop.actions(path, HEADER))
    assert [one.given for one in found if one.action.kind not in OF_CODE] == [
        one for one in shop.actions(path, HEADER) if one.kind not in OF_CODE
    ]
    return [one for one in found if one.action.kind in OF_CODE]


def test_what_is_safe_comes_with_its_change_and_is_preferred(shop: Workspace) -> None:
    use, delegate, *_ = menu(shop, COPY + "\n\nprint(round_currency(1))\n")

    assert (use.action, use.given.title) == (use.given, "Use existing round_half_up from shop.money")
    assert use.action.preferred and not delegate.action.preferred
    assert use.fix is not None and use.fix.applicability is Applicability.SAFE
    assert use.fix == shop.resolve(use.given)


def test_what_nothing_uses_yet_goes_safely_while_it_is_typed_saved_or_not(shop: Workspace) -> None:
    path = shop.root / "shop/new.py"
    shop.open(path, "", 0)
    for saved in (False, True):
        if saved:
            path.write_text(COPY, "utf-8")
            shop.files_changed([path])
        use, *_ = menu(shop, COPY)

        assert use.action.title == "Use existing round_half_up from shop.money"
        assert use.action.preferred


def test_what_was_there_before_may_be_found_by_its_name(shop: Workspace) -> None:
    path = shop.root / "shop/new.py"
    path.write_text(COPY, "utf-8")
    shop.files_changed([path])
    shop.open(path, COPY, 0)

    delegate, use = menu(shop, COPY)

    assert delegate.action.title == "Delegate to round_half_up from shop.money" and delegate.action.preferred
    assert "(unsafe: nothing here uses round_currency, and what finds it by its name no longer does)" in (
        use.action.title
    )


def test_what_is_refused_is_disabled_behind_what_can_be_done(shop: Workspace) -> None:
    first, *_, last = menu(shop, COPY + "\n\nprint(round_currency(*[1], **{}).real, round_currency.x)\n")

    assert (first.action.kind, first.action.preferred) == (ActionKind.DELEGATE, True)
    assert first.action.title == "Delegate to round_half_up from shop.money"
    assert (last.action.kind, last.action.preferred) == (ActionKind.USE_EXISTING, False)
    outcome = shop.resolve(last.given)
    assert isinstance(outcome, Refusal)
    assert last.action.disabled == outcome.reason == "line 11 reads its attribute 'x'"


def test_what_is_unsafe_says_what_may_change(shop: Workspace) -> None:
    raises = "    if rounded > 9:\n        raise OverflowError\n    return rounded"
    text = COPY.replace("    return rounded", raises)

    use, *_ = menu(shop, text + "\n\nprint(round_currency(1))\n")

    assert use.action.title == (
        "Use existing round_half_up from shop.money"
        " (unsafe: round_half_up does not itself raise OverflowError; round_half_up is written o...)"
    )
    assert use.action.applicability is Applicability.UNSAFE and not use.action.preferred


def test_a_menu_that_would_read_much_is_left_as_it_is(
    shop: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "MOST_READ", 100)

    found = menu(shop, COPY + "\n\nprint(round_currency(*[1], **{}))\n")

    assert found and all(one.fix is None and one.action == one.given for one in found)


def test_an_action_that_fails_is_left_out_and_logged(
    shop: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    path = shop.root / "shop/new.py"
    shop.update(path, COPY, 1)
    actions = shop.actions(path, HEADER)

    def resolve(action: object) -> Refusal:
        raise RuntimeError("broken")

    found = weighing.weigh(actions, resolve, lambda one: (), every=False)

    assert [one.given for one in found] == [one for one in actions if one.kind not in OF_CODE]
    assert "cannot be offered" in caplog.text
