"""Requests of our own (a search, what is like a definition, its import, the state), and code lenses."""

from pathlib import Path
from textwrap import dedent

import pytest
from canonry import __version__
from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from .session import Session, capabilities, until
from .test_real import TYPED, finding, indexed, root, running

__all__ = ["root"]

BILLING = dedent('''\
    """Bills."""

    from shop.money import round_half_up


    def total(lines):
        return round_half_up(sum(lines))
''')


def plain(answer: object) -> object:
    """An answer as JSON has it: pygls makes named tuples of what it does not know."""
    if isinstance(answer, tuple) and hasattr(answer, "_fields"):
        return {name: plain(getattr(answer, name)) for name in answer._fields}
    return [plain(one) for one in answer] if isinstance(answer, list | tuple) else answer


async def ask(talk: Session, method: str, **params: object):
    return plain(await talk.client.protocol.send_request_async(f"canonry/{method}", params))


def document(uri: str) -> dict[str, str]:
    return {"uri": uri}


def with_experimental(**given: bool) -> types.ClientCapabilities:
    declared = capabilities()
    declared.experimental = {"canonry": given}
    return declared


@pytest.fixture
def billing(root: Path) -> Path:
    path = root / "shop" / "billing.py"
    path.write_text(BILLING)
    return path


@pytest.mark.parametrize("query", ["round_half", "rndhalf", "round half", "round an amount as invoices do"])
async def test_a_search_by_letters_or_by_words_tells_where_and_how_used(root, billing, query):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        found = await ask(talk, "search", query=query)

        best = found[0]
        assert best["qualifiedName"] == "shop.money.round_half_up"
        assert best["signature"].startswith("def round_half_up(amount: decimal.Decimal")
        assert best["documentation"] == "Round an amount half up to a number of places, as invoices do."
        assert (best["shown"], best["uses"], best["importable"]) == ("shop/money.py:7", 1, True)
        assert best["uri"] == talk.uri("shop/money.py")
        assert best["range"]["start"] == {"line": 6, "character": 4}
        assert best["fullRange"]["end"]["line"] == 12


async def test_a_search_in_two_folders_has_both_and_each_definition_once(root, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "rounding.py").write_text(
        "def round_half_down(amount):\n    x = amount\n    y = x\n    return y\n"
    )
    async with running(root, capabilities(), folders=[root, other.resolve()]) as talk:
        await indexed(talk, "round_half_down")
        await indexed(talk)
        names = [one["qualifiedName"] for one in await ask(talk, "search", query="round_half")]

    assert set(names[:2]) == {"shop.money.round_half_up", "rounding.round_half_down"}
    assert len(set(names)) == len(names)


async def test_what_is_like_a_definition(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/new.py", TYPED)
        line = TYPED.split("\n").index(
            "    rounded = amount.quantize(exponent, rounding=decimal.ROUND_HALF_UP)"
        )
        found = await ask(
            talk, "similar", textDocument=document(uri), position={"line": line, "character": 0}
        )
        nothing = await ask(talk, "similar", textDocument=document(uri), position={"line": 0, "character": 0})

    assert found["symbol"]["name"] == "round_money"
    assert found["matches"][0]["qualifiedName"] == "shop.money.round_half_up"
    assert found["matches"][0]["probability"] > 0.7
    assert any("calls" in why for why in found["matches"][0]["why"])
    assert nothing is None


async def test_an_import_is_put_in_its_place_and_only_once(root, billing):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", BILLING)
        new, known, own = [
            await ask(talk, "import", textDocument=document(uri), module=module, name=name)
            for module, name in [
                ("shop.unrelated", "greet"),
                ("shop.money", "round_half_up"),
                ("shop.billing", "total"),
            ]
        ]

    assert [edit["newText"] for edit in new] == ["from shop.unrelated import greet\n"]
    assert new[0]["range"]["start"] == new[0]["range"]["end"] == {"line": 3, "character": 0}
    assert (known, own) == ([], [])


@pytest.mark.parametrize(
    ("method", "params", "missing"),
    [
        ("search", {}, "query"),
        ("similar", {"textDocument": {"uri": "file:///a.py"}}, "position"),
        ("similar", {"position": {"line": 0, "character": 0}}, "textDocument.uri"),
        ("import", {"textDocument": {"uri": "file:///a.py"}, "module": "a"}, "name"),
    ],
)
async def test_what_is_missing_in_a_request_is_named(root, method, params, missing):
    async with running(root, capabilities()) as talk:
        with pytest.raises(JsonRpcInvalidParams, match=missing):
            await ask(talk, method, **params)


async def test_the_status_counts_and_a_rebuilt_index_has_the_same(root):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        before = await ask(talk, "status")
        await ask(talk, "rebuildIndex")
        await indexed(talk)
        after = await ask(talk, "status")

    (folder,) = before["folders"]
    assert before["version"] == __version__
    assert (folder["path"], folder["files"], folder["definitions"]) == (str(root), 3, 2)
    assert folder["skipped"] == folder["problems"] == 0
    assert Path(folder["index"]).is_relative_to(root.parent / "cache")
    assert [(one["files"], one["definitions"]) for one in after["folders"]] == [(3, 2)]


@pytest.mark.parametrize("ours", [True, False])
async def test_lenses_say_how_much_a_definition_is_used_and_what_is_like_it(root, billing, ours):
    declared = with_experimental(showsSimilar=ours)
    settings = {"codeLens": True, "canonical": {"rounding": {"symbol": "shop.money.round_half_up"}}}
    async with running(root, declared, **settings) as talk:
        await indexed(talk)
        uris = (
            talk.open("shop/money.py", (root / "shop/money.py").read_text()),
            talk.open("shop/new.py", TYPED),
        )
        await finding(talk, uris[1])
        titles, commands = [], []
        for uri in uris:
            lenses = await talk.client.text_document_code_lens_async(
                types.CodeLensParams(types.TextDocumentIdentifier(uri))
            )
            for lens in lenses or ():
                told = await talk.client.code_lens_resolve_async(lens)
                titles.append(told.command.title)
                commands.append(told.command)

    assert titles == ["canonical, 1 use, 1 similar", "1 similar"]
    assert {command.command for command in commands} == {"canonry.showSimilar" if ours else "canonry.open"}
    place = plain(commands[1].arguments[0])
    assert place["uri"] == talk.uri("shop/new.py" if ours else "shop/money.py")


async def test_there_are_no_lenses_unless_they_are_wanted(root, billing):
    async with running(root, capabilities()) as talk:
        await indexed(talk)
        uri = talk.open("shop/billing.py", BILLING)
        lenses = await talk.client.text_document_code_lens_async(
            types.CodeLensParams(types.TextDocumentIdentifier(uri))
        )

    assert not lenses


async def test_a_client_that_asks_its_user_itself_gets_the_caution_and_a_plain_edit(root):
    money = root / "shop" / "money.py"
    # A decorator may do anything: to use what is under it is not safe.
    money.write_text(money.read_text().replace("def round", "@audited\ndef round"))
    for confirms in (True, False):
        async with running(root, with_experimental(confirms=confirms)) as talk:
            await indexed(talk)
            uri = talk.open("shop/new.py", TYPED + "\n\nprint(round_money(1))\n")
            at = (await finding(talk, uri)).range.start.line
            use = (await talk.actions(uri, at, 6))[0]
            chosen = await talk.client.code_action_resolve_async(use)

        annotated = [
            edit
            for change in chosen.edit.document_changes
            for edit in change.edits
            if isinstance(edit, types.AnnotatedTextEdit)
        ]
        assert bool(annotated) is not confirms
        assert (chosen.edit.change_annotations is None) is confirms
        if confirms:
            told = plain(chosen.data)
            assert "round_half_up" in told["title"]
            assert told["caution"]


async def test_a_changed_setting_has_the_client_ask_for_lenses_again(root):
    asked = []
    async with running(root, capabilities()) as talk:
        talk.client.protocol.fm.features.pop(types.WORKSPACE_CODE_LENS_REFRESH, None)
        talk.client.feature(types.WORKSPACE_CODE_LENS_REFRESH)(lambda params: asked.append(params))
        await indexed(talk)
        asked.clear()
        talk.client.set_configuration({"": None, "canonry": {"codeLens": True}})
        talk.client.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
        await until(lambda: asked)
