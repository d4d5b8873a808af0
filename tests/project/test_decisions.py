"""Each decision has its date and its status, and is listed correctly in the index."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.project.checkout import TOP

FOLDER = TOP / "docs" / "decisions"
FILES = sorted(FOLDER.glob("[0-9]*.md"))
HEAD = re.compile(r"# (?P<number>\d+)\. (?P<title>.+)\n\n(?P<date>\S+) · (?P<status>.+)\n\n(?=\S)")
SUPERSEDED = re.compile(r"superseded by \[(\d+)\]\((\S+)\)")


class Head(NamedTuple):
    """What a decision says about itself, before its text."""

    number: int
    title: str
    date: str
    status: str


def head(file: Path) -> Head:
    found = HEAD.match(file.read_text(encoding="utf-8"))
    assert found, f"{file.name} does not begin with number, title, date and status"
    return Head(int(found["number"]), found["title"], found["date"], found["status"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_decision_has_its_date_and_its_status(file: Path) -> None:
    said = head(file)
    assert file.name.startswith(f"{said.number:04}-")
    assert date.fromisoformat(said.date).isoformat() == said.date
    later = SUPERSEDED.fullmatch(said.status)
    assert said.status == "accepted" or later
    if later:
        assert head(FOLDER / later[2]).number == int(later[1]) > said.number


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_decision_gives_its_reasons_and_the_alternatives(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "**Why" in text or "**Also weighed" in text


def test_the_numbers_have_no_gaps() -> None:
    assert [head(file).number for file in FILES] == list(range(1, len(FILES) + 1))


def test_the_index_lists_every_decision_correctly() -> None:
    rows = [line for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines() if "](0" in line]
    expected = [
        f"| {said.number} | [{said.title}]({file.name}) | {said.date} | {said.status} |"
        for file, said in ((file, head(file)) for file in FILES)
    ]
    assert rows == expected


def test_every_link_in_a_decision_has_a_target() -> None:
    for file in [*FILES, FOLDER / "README.md"]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
            assert (FOLDER / link).exists() or link == "file", f"{file.name}: {link}"
