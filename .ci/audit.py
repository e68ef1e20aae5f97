"""Asks whether known vulnerabilities are in what Canonry and its extension depend on.

python .ci/audit.py      exits with 1 where there are any, 0 where there are none or nobody can say

pip-audit and npm ask services of the package registries. A machine without a network, or with a mirror that
has no advisories, cannot be told from a project without vulnerabilities by their exit codes: what was not
looked at is said here, and is no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / ".venv" / "audit"
"""An environment of its own: what pip-audit needs is nothing that Canonry's tests should see."""
OWN = "canonry"
PATIENCE = 300


def main() -> int:
    """Both audits; the number of those that found something, at most 1."""
    found = [*python_findings(), *node_findings()]
    for line in found:
        say(line)
    return int(bool(found))


def python_findings() -> list[str]:
    """Vulnerable packages of the environment that `./dev` makes."""
    program = TOOL / "bin" / "pip-audit"
    if not program.exists():
        venv.create(TOOL, with_pip=True)
        install = [TOOL / "bin" / "python", "-m", "pip", "install", "--quiet", "pip-audit>=2.7,<3"]
        if subprocess.run(install, check=False).returncode:
            say("Python packages: not audited, pip-audit cannot be installed here")
            return []
    folder = next((ROOT / ".venv").glob("lib/python*/site-packages"))
    answer = asked([str(program), "--path", str(folder), "--format", "json", "--progress-spinner", "off"])
    if "dependencies" not in answer:
        say(f"Python packages: not audited, {answer['why']}")
        return []
    packages = [one for one in answer["dependencies"] if one["name"] != OWN]
    skipped = sorted(one["name"] for one in packages if "skip_reason" in one)
    say(f"Python packages: {len(packages) - len(skipped)} audited, {len(skipped)} not known to the service")
    return [
        f"{one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'none'}"
        for one in packages
        for each in one.get("vulns", ())
    ]


def node_findings() -> list[str]:
    """Vulnerable packages of the extension."""
    answer = asked(["npm", "audit", "--json"], ROOT / "vscode-client")
    if "vulnerabilities" not in answer:
        say(f"Node packages: not audited, {answer['why']}")
        return []
    say(f"Node packages: {answer['metadata']['dependencies']['total']} audited")
    return [f"{name}: {one['severity']}" for name, one in sorted(answer["vulnerabilities"].items())]


def asked(command: list[str], folder: Path = ROOT) -> dict[str, Any]:
    """What a command prints as JSON; `why` it did not."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {"why": str(error)}
    told = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return {"why": told}
    if not isinstance(answer, dict):
        return {"why": told}
    return {"why": str(answer.get("message") or told), **answer}


def say(line: str) -> None:
    """One line of the report."""
    print(line, file=sys.stderr)  # noqa: T201 -- a program


if __name__ == "__main__":
    sys.exit(main())
