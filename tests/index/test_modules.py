"""Module names: those that an import statement of the project would use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from canonry.index.modules import ModuleNames
from canonry.index.projects import DeclaredLayout, declared_layout


def names(root: Path, tree: dict[str, str], source_roots: tuple[str, ...] = ()) -> dict[str, str]:
    """Writes the files and gives the Python files' module names, with `@` and the root if that is not `.`."""
    for file, text in tree.items():
        path = root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    files = [path for path in sorted(tree) if path.endswith((".py", ".pyi"))]
    modules = ModuleNames(root, [root / file for file in files], source_roots)
    result = {}
    for file in files:
        above = os.path.relpath(modules.source_root(root / file), root)
        result[file] = modules.module_name(root / file) + (f"@{above}" if above != "." else "")
    return result


def empty(*files: str) -> dict[str, str]:
    return dict.fromkeys(files, "")


def test_regular_packages_count_from_the_folder_of_the_topmost(tmp_path: Path) -> None:
    assert names(tmp_path, empty("app/__init__.py", "app/db/__init__.py", "app/db/orm.py", "setup.py")) == {
        "app/__init__.py": "app",
        "app/db/__init__.py": "app.db",
        "app/db/orm.py": "app.db.orm",
        "setup.py": "setup",
    }


def test_the_src_layout_needs_no_declaration(tmp_path: Path) -> None:
    tree = empty(
        "src/app/__init__.py",
        "src/app/a.py",
        "src/google/cloud/b.py",
        "src/google/pkg/__init__.py",
        "src/c.py",
    )

    assert names(tmp_path, tree) == {
        "src/app/__init__.py": "app@src",
        "src/app/a.py": "app.a@src",
        "src/google/cloud/b.py": "google.cloud.b@src",
        "src/google/pkg/__init__.py": "google.pkg@src",
        "src/c.py": "c@src",
    }


def test_a_src_folder_that_its_files_import_is_a_package(tmp_path: Path) -> None:
    tree = {
        "src/data.py": "",
        "src/train.py": "from src.data import load\n",
        "src/models/net.py": "import src.data\n",
    }

    assert names(tmp_path, tree) == {
        "src/data.py": "src.data",
        "src/train.py": "src.train",
        "src/models/net.py": "src.models.net",
    }


def test_lib_with_packages_is_a_root_and_lib_with_modules_is_not(tmp_path: Path) -> None:
    assert (
        names(tmp_path, empty("lib/pkg/__init__.py", "lib/other/space.py"))["lib/other/space.py"]
        == "other.space@lib"
    )
    second = tmp_path / "second"
    assert names(second, empty("lib/helpers.py"))["lib/helpers.py"] == "lib.helpers"


def test_several_packages_in_one_repository(tmp_path: Path) -> None:
    tree = empty(
        "packages/one/pyproject.toml",
        "packages/one/src/one/__init__.py",
        "packages/one/tests/test_one.py",
        "packages/two/setup.cfg",
        "packages/two/two/__init__.py",
        "packages/two/two/core.py",
        "packages/two/noxfile.py",
        "tools/release.py",
    )

    assert names(tmp_path, tree) == {
        "packages/one/src/one/__init__.py": "one@packages/one/src",
        "packages/one/tests/test_one.py": "tests.test_one@packages/one",
        "packages/two/two/__init__.py": "two@packages/two",
        "packages/two/two/core.py": "two.core@packages/two",
        "packages/two/noxfile.py": "noxfile@packages/two",
        "tools/release.py": "tools.release",
    }


@pytest.mark.parametrize(
    ("metadata", "text"),
    [
        ("pyproject.toml", '[tool.setuptools]\npackage-dir = {"" = "code"}\n'),
        ("pyproject.toml", '[tool.setuptools.package-dir]\n"pkg" = "code/pkg"\n'),
        ("pyproject.toml", '[tool.setuptools.packages.find]\nwhere = ["code"]\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel]\npackages = ["code/pkg"]\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel]\nsources = ["code"]\n'),
        ("pyproject.toml", '[tool.hatch.build.targets.wheel.sources]\n"code" = ""\n'),
        ("pyproject.toml", '[tool.poetry]\npackages = [{ include = "pkg", from = "code" }]\n'),
        ("pyproject.toml", '[tool.pdm.build]\npackage-dir = "code"\n'),
        ("pyproject.toml", '[tool.uv.build-backend]\nmodule-root = "code"\n'),
        ("pyproject.toml", '[tool.maturin]\npython-source = "./code/"\n'),
        ("pyproject.toml", '[tool.scikit-build.wheel]\npackages = ["code/pkg"]\n'),
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = [".", "code"]\n'),
        ("setup.cfg", "[options]\npackage_dir =\n    = code\n"),
        ("setup.cfg", "[options.packages.find]\nwhere = code\n"),
    ],
)
def test_declared_layouts_are_followed(tmp_path: Path, metadata: str, text: str) -> None:
    found = names(tmp_path, {metadata: text, "code/pkg/space/a.py": "", "code/pkg/b.py": ""})

    assert found == {"code/pkg/space/a.py": "pkg.space.a@code", "code/pkg/b.py": "pkg.b@code"}


def test_a_package_may_be_imported_under_another_name(tmp_path: Path) -> None:
    metadata = '[tool.setuptools.package-dir]\n"acme.core" = "core"\n'

    found = names(tmp_path, {"pyproject.toml": metadata, "core/__init__.py": "", "core/db/__init__.py": ""})

    assert found == {"core/__init__.py": "acme.core", "core/db/__init__.py": "acme.core.db"}


@pytest.mark.parametrize(
    "text",
    [
        "[tool.setuptools",
        "tool = 3",
        "[tool]\nhatch = []\npoetry = {packages = 3}\nsetuptools = {package-dir = 1}",
        "\0",
    ],
)
def test_metadata_that_makes_no_sense_declares_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    (tmp_path / "setup.cfg").write_text("no section\n")

    assert declared_layout(tmp_path) == DeclaredLayout()


def test_folders_outside_of_the_project_are_not_declared(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.pdm.build]\npackage-dir = "../other"\n')

    assert declared_layout(tmp_path) == DeclaredLayout()


def test_namespace_packages_count_from_the_workspace(tmp_path: Path) -> None:
    assert names(tmp_path, empty("app/main.py", "app/routes/users.py")) == {
        "app/main.py": "app.main",
        "app/routes/users.py": "app.routes.users",
    }


def test_imports_tell_whether_a_folder_is_a_namespace_or_a_root(tmp_path: Path) -> None:
    packages = {
        "apps/blog/__init__.py": "",
        "apps/blog/views.py": "from apps.blog.models import Post\n",
        "apps/blog/models.py": "import json\n",
        "services/auth/app/__init__.py": "",
        "services/auth/app/routes.py": "from app.tokens import sign\n",
        "services/auth/app/tokens.py": "",
        "scripts/load.py": "import common\nfrom common import x\n",
        "scripts/common.py": "",
        "backend/api/main.py": "from api.routes import users\n",
        "backend/api/routes/users.py": "from api.main import app\n",
    }

    assert names(tmp_path, packages) == {
        "apps/blog/__init__.py": "apps.blog",
        "apps/blog/views.py": "apps.blog.views",
        "apps/blog/models.py": "apps.blog.models",
        "services/auth/app/__init__.py": "app@services/auth",
        "services/auth/app/routes.py": "app.routes@services/auth",
        "services/auth/app/tokens.py": "app.tokens@services/auth",
        "scripts/load.py": "load@scripts",
        "scripts/common.py": "common@scripts",
        "backend/api/main.py": "api.main@backend",
        "backend/api/routes/users.py": "api.routes.users@backend",
    }


def test_a_folder_may_have_the_name_of_its_package(tmp_path: Path) -> None:
    tree = {
        "services/stage/stage/__init__.py": "",
        "services/stage/stage/plan.py": "from stage.rigging import Rig\nimport stage\n",
        "services/stage/stage/rigging.py": "",
        "tools/shop/shop/__init__.py": "",
        "tools/shop/shop/till.py": "from shop.shop.cash import Cash\nimport shop.helpers\n",
        "tools/shop/shop/cash.py": "",
        "tools/shop/helpers.py": "import shop.shop.till\n",
    }

    found = names(tmp_path, tree)

    assert found["services/stage/stage/plan.py"] == "stage.plan@services/stage"
    assert found["services/stage/stage/__init__.py"] == "stage@services/stage"
    assert found["tools/shop/shop/till.py"] == "shop.shop.till@tools"
    assert found["tools/shop/helpers.py"] == "shop.helpers@tools"


def test_without_imports_the_parent_of_the_topmost_package_is_the_root(tmp_path: Path) -> None:
    assert names(tmp_path, empty("services/auth/app/__init__.py", "services/auth/run.py")) == {
        "services/auth/app/__init__.py": "app@services/auth",
        "services/auth/run.py": "run@services/auth",
    }


def test_a_folder_without_init_inside_a_package_belongs_to_it(tmp_path: Path) -> None:
    tree = empty("app/__init__.py", "app/data/rows.py", "app/data/sub/__init__.py", "app/not-a-name/x.py")

    assert names(tmp_path, tree) == {
        "app/__init__.py": "app",
        "app/data/rows.py": "app.data.rows",
        "app/data/sub/__init__.py": "app.data.sub",
        "app/not-a-name/x.py": "x@app/not-a-name",
    }


def test_tests_and_scripts_have_a_dotted_path_or_else_their_plain_name(tmp_path: Path) -> None:
    assert names(
        tmp_path, empty("tests/unit/test_a.py", "tests/conftest.py", "my-scripts/run.py", "a.py")
    ) == {
        "tests/unit/test_a.py": "tests.unit.test_a",
        "tests/conftest.py": "tests.conftest",
        "my-scripts/run.py": "run@my-scripts",
        "a.py": "a",
    }


def test_what_no_statement_can_import_has_no_name(tmp_path: Path) -> None:
    tree = empty(
        "1st.py",
        "a-b.py",
        "class.py",
        "a.b.py",
        "my-pkg/__init__.py",
        "my-pkg/c.py",
        "__init__.pyi",
        "été.py",
    )
    del tree["__init__.pyi"]

    assert {file: name.partition("@")[0] for file, name in names(tmp_path, tree).items()} == {
        "1st.py": "",
        "a-b.py": "",
        "class.py": "",
        "a.b.py": "",
        "my-pkg/__init__.py": "",
        "my-pkg/c.py": "",
        "été.py": "été",
    }


def test_configured_roots_replace_detection(tmp_path: Path) -> None:
    tree = empty("python/app/a.py", "src/b.py", "other/pkg/__init__.py")

    assert names(tmp_path, tree, ("python", "./other/")) == {
        "python/app/a.py": "app.a@python",
        "src/b.py": "src.b",
        "other/pkg/__init__.py": "pkg@other",
    }


def test_a_workspace_inside_a_package_counts_from_outside(tmp_path: Path) -> None:
    (tmp_path / "lib" / "pkg").mkdir(parents=True)
    (tmp_path / "lib" / "pkg" / "__init__.py").touch()

    assert names(tmp_path / "lib" / "pkg" / "sub", empty("__init__.py", "a.py")) == {
        "__init__.py": "pkg.sub@../..",
        "a.py": "pkg.sub.a@../..",
    }


def test_stubs_have_the_names_of_their_modules(tmp_path: Path) -> None:
    assert names(tmp_path, empty("app/__init__.pyi", "app/a.pyi")) == {
        "app/__init__.pyi": "app",
        "app/a.pyi": "app.a",
    }


def test_a_file_that_is_not_in_the_list_is_named_by_its_folder(tmp_path: Path) -> None:
    modules = ModuleNames(tmp_path, [tmp_path / "src" / "app" / "__init__.py"])

    assert modules.module_name(tmp_path / "src" / "app" / "new.py") == "app.new"
    assert modules.module_name(tmp_path / "src" / "app" / "deep" / "new.py") == "app.deep.new"
    assert modules.module_name(str(tmp_path / "fresh" / "new.py")) == "fresh.new"
    assert modules.is_package(tmp_path / "fresh" / "__init__.py")
    assert not modules.is_package(tmp_path / "fresh" / "new.py")


def test_a_file_that_goes_renames_no_other_where_imports_mostly_agree(tmp_path: Path) -> None:
    tree = {
        f"tools/task{number:02}.py": f"from {'task00' if number % 3 == 0 else 'tools.task00'} import run\n"
        for number in range(36)
    }
    before = names(tmp_path, tree)
    assert before["tools/task07.py"] == "tools.task07"

    for gone in tree:
        left = {path: text for path, text in tree.items() if path != gone}
        assert names(tmp_path, left) == {path: name for path, name in before.items() if path != gone}


def test_a_script_beside_others_is_apart_from_what_stands_elsewhere(tmp_path: Path) -> None:
    texts = {
        "pyproject.toml": "[project]\nname = 'app'\n",
        "app/__init__.py": "",
        "app/views.py": "",
        "main.py": "",
        "docker/start.py": "",
        "tools/crawler/util.py": "",
        "tools/crawler/fetch.py": "from util import get\n",
        "tools/crawler/clean.py": "from util import get\n",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    modules = ModuleNames(tmp_path, [tmp_path / name for name in texts if name.endswith(".py")])

    assert modules.is_beside_packages(tmp_path / "docker/start.py", tmp_path / "app/views.py")
    assert not modules.is_beside_packages(tmp_path / "docker/start.py", tmp_path / "main.py")
    assert not modules.is_beside_packages(tmp_path / "main.py", tmp_path / "app/views.py")
    assert not modules.is_beside_packages(tmp_path / "app/views.py", tmp_path / "app/__init__.py")
    assert modules.module_name(tmp_path / "tools/crawler/util.py") == "util"
    assert not modules.is_anchored(modules.source_root(tmp_path / "tools/crawler/util.py"))
    assert modules.is_anchored(modules.source_root(tmp_path / "main.py"))
