"""Which folders are services: the declared ones, else those that are deployed by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from canonry.config import Settings
from canonry.scopes.services import Services, ServicesOf, declared_services, detect_services


def made(root: Path, files: dict[str, str]) -> Services:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    folders = {path.rpartition("/")[0] for path in files if path.endswith(".py")}
    return detect_services(root, folders, Settings())


TWO = {
    "services/auth/Dockerfile": "",
    "services/auth/auth/views.py": "",
    "services/billing/pyproject.toml": "[project]\nname = 'billing'\n",
    "services/billing/billing/api.py": "",
}


def test_folders_with_a_project_file_are_services(tmp_path: Path) -> None:
    services = made(tmp_path, TWO)

    assert services.names() == ("auth", "billing")
    assert services.of("services/auth/auth/views.py") == "auth"
    assert services.of("manage.py") == ""
    assert not services.may_import("auth", "billing")
    assert services.may_import("auth", "")


def test_one_alone_is_the_whole_workspace(tmp_path: Path) -> None:
    services = made(tmp_path, {"app/Dockerfile": "", "app/main.py": "", "pyproject.toml": "", "x/y.py": ""})

    assert services.names() == ()


@pytest.mark.parametrize("folder", ["libs/common", "shared", "packages/money"])
def test_libraries_of_a_monorepo_are_shared(tmp_path: Path, folder: str) -> None:
    services = made(tmp_path, {**TWO, f"{folder}/setup.py": "", f"{folder}/money/main.py": ""})

    assert services.of(f"{folder}/money/main.py") == "shared"
    assert services.may_import("auth", "shared")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("services/auth/pyproject.toml", "[project]\nname = 'a'\ndependencies = ['billing>=1']\n"),
        ("services/auth/requirements.txt", "django\n-e ../billing\n"),
        ("services/auth/pyproject.toml", "[tool.poetry.dependencies]\nb = {path = '../billing'}\n"),
        ("services/auth/requirements-dev.txt", "Billing==2.0  # ours\n"),
    ],
)
def test_what_a_project_declares_it_may_import(tmp_path: Path, path: str, text: str) -> None:
    services = made(tmp_path, {**TWO, path: text})

    assert services.may_import("auth", "billing")
    assert not services.may_import("billing", "auth")


def test_the_project_at_the_top_stands_for_what_it_needs(tmp_path: Path) -> None:
    hook = (
        "[project]\nname = '{}'\n"
        "[tool.hatch.metadata.hooks.versions]\ndependencies = ['{}=={{{{ version }}}}']\n"
    )
    files = {
        **TWO,
        "pyproject.toml": hook.format("Shop_All", "billing[all]"),
        "services/auth/pyproject.toml": hook.format("auth", "shop-all"),
    }

    services = made(tmp_path, files)

    assert services.may_import("auth", "billing")
    assert not services.may_import("billing", "auth")


def test_tests_docs_and_examples_are_no_services(tmp_path: Path) -> None:
    assert made(tmp_path, {"tests/app/Dockerfile": "", "tests/app/a.py": "", **TWO}).names() == (
        "auth",
        "billing",
    )


def test_what_is_declared_to_be_shared_stands_beside_what_is_detected(tmp_path: Path) -> None:
    for folder in ("orders", "bills", "money"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Dockerfile").write_text("FROM python:3.12\n")
    settings = Settings(services={"shared": ("money",)})

    assert declared_services(settings) is None
    found = detect_services(tmp_path, ["orders", "bills", "money/inner"], settings)

    assert found.names() == ("bills", "orders")
    assert found.of("money/inner/cents.py") == "shared"


def test_declared_services_win() -> None:
    settings = Settings(
        services={"auth": ("services/auth/",), "web": ("web", "frontend"), "shared": ("libs",)},
        allowed_imports={"web": ("auth",)},
    )

    services = declared_services(settings)

    assert services is not None
    assert services.declared
    assert [services.of(path) for path in ("frontend/a.py", "services/auth/b/c.py", "libs/d.py", "e.py")] == [
        "web",
        "auth",
        "shared",
        "",
    ]
    assert services.may_import("web", "auth")
    assert not services.may_import("auth", "web")


def test_the_object_stands_while_files_and_services_do(tmp_path: Path) -> None:
    (tmp_path / "auth").mkdir()
    (tmp_path / "mail").mkdir()
    for name in ("auth", "mail"):
        (tmp_path / name / "Dockerfile").write_text("FROM python\n", "utf-8")
    files = {"auth/app.py", "mail/app.py"}
    services = ServicesOf(tmp_path, lambda: frozenset(files))
    settings = Settings()

    first = services.get(settings, 1)
    assert first.names() == ("auth", "mail")
    assert services.get(settings, 2) is first

    files.add("mail/queue.py")
    assert services.get(settings, 3) is not first

    known = services.get(settings, 3)
    (tmp_path / "mail" / "Dockerfile").unlink()
    assert services.get(settings, 4) is not known
    assert services.get(settings, 4).names() == ()
