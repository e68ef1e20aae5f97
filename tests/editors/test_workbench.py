"""VS Code's workbench, as a person sees it. Pictures go to the folder that CANONRY_SCREENSHOTS names."""

from __future__ import annotations

from pathlib import Path

import pytest

from .running import Run, Tools, write_plan
from .shop import DOCUMENTATION, EXISTING, NEW, RESULT, RISKY, TYPED, USE, Shop

IMPORTED = "from shop.money import split_evenly\n"

pytestmark = pytest.mark.editors


def test_typing_a_duplicate_and_using_the_existing_one(
    vscode: Tools,
    vsix: Path,
    run: Run,
    shop: Shop,
    plan: dict[str, object],
    screenshots: Path,
    tmp_path: Path,
) -> None:
    line, column = shop.place_of_new()
    told = plan | {
        "vsix": str(vsix),
        "file": str(shop.checkout),
        "typed": TYPED,
        "new": NEW,
        "existing": EXISTING,
        "documentation": DOCUMENTATION,
        "action": USE,
        "line": line,
        "column": column,
        "expected": RESULT,
        "letters": "spltevenly",
        "prose": "share a total in equal parts",
        "found": "split_evenly",
        "foundIn": shop.money.name,
        "imported": RESULT.replace("import parse_amount\n", "import parse_amount\n" + IMPORTED),
        "risky": RISKY,
        "riskyLine": RISKY.splitlines().index("def shipping_cost(grams: int) -> Decimal:"),
        "riskyAction": "Use existing postage from shop.parcels",
        "caution": "postage is decorated with @lru_cache",
        "riskyResult": "return pay(entry) + postage(grams)",
    }
    script = Path(__file__).parent / "vscode" / "workbench.mjs"

    run.execute(
        [vscode.node / "node", script, write_plan(tmp_path / "plan.json", told)],
        seconds=360,
        cwd=tmp_path,
    )

    run.assert_all_ended()
    assert shop.checkout.read_text("utf-8") == RESULT
    names = [
        "open",
        "squiggle",
        "problems",
        "hover",
        "menu",
        "result",
        "unsafe-menu",
        "preview",
        "unsafe-undone",
        "refused-menu",
        "refused",
    ]
    assert [name for name in names if not list(screenshots.glob(f"*-{name}.png"))] == []
