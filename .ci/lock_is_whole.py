"""Fails where a lock file lacks, or contradicts, a requirement of pyproject.toml, or the two contradict each other."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
extras = project["optional-dependencies"]


def pinned(name: str) -> dict[str, str]:
    """The versions that a lock file pins, by package."""
    lock = Path(name).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;]+)", lock, re.MULTILINE))


def check(name: str, requirements: list[str]) -> dict[str, str]:
    """What the lock file pins, once it is sure that it fits these requirements."""
    found = pinned(name)
    wrong = [
        each
        for each in requirements
        if not Requirement(each).specifier.contains(
            found.get(Requirement(each).name.lower().replace("_", "-"), "0")
        )
    ]
    if wrong:
        sys.exit(f"{name} does not fit {', '.join(wrong)}: run `make lock`")
    return found


everything = check("requirements.lock", project["dependencies"] + extras["dev"])
to_run = check("requirements-run.lock", project["dependencies"] + extras["image"])
if differing := to_run.items() - everything.items():
    sys.exit(
        f"requirements-run.lock pins what requirements.lock does not: {sorted(differing)}; run `make lock`"
    )
print(f"{len(everything)} pinned, {len(to_run)} of them to run")  # noqa: T201  # this is its output
