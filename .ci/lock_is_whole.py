"""Fails where requirements.lock lacks, or contradicts, a requirement of pyproject.toml."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
wanted = [Requirement(each) for each in project["dependencies"] + project["optional-dependencies"]["dev"]]
lock = Path("requirements.lock").read_text()
pinned = dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;]+)", lock, re.MULTILINE))

wrong = [
    str(requirement)
    for requirement in wanted
    if not requirement.specifier.contains(pinned.get(requirement.name.lower().replace("_", "-"), "0"))
]
if wrong:
    sys.exit(f"requirements.lock does not fit {', '.join(wrong)}: run `make lock`")
print(f"{len(pinned)} pinned, {len(wanted)} wanted")  # noqa: T201  # this is its output
