"""The timeline as a file: each format has what counts, and nothing in it does harm."""

import csv
import io
import json

import pytest
from hypothesis import example, given

from bot.incident.domain import facts
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.timeline import Entry
from bot.incident.views import exports
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, entries, later
from tests.incident.views.hostile_texts import MARKUP, TEXTS, happenings, texts, titles
from tests.incident.views.limits import fits
from tests.incident.views.reading import said

NAMES = {ALICE: "Alice Adams", BOB: "Bob Brown"}
LINK = "https://example.slack.com/archives/C1/p1?thread_ts=1.1&cid=C1"
HAPPENED = entries(
    facts.UpdatePosted(at=NOW, by="machine:Alertmanager", conditions=f"Half fails, <@{BOB}> looks"),
    facts.Noted(at=later(-30), by=BOB, author=ALICE, text="Errors began", link=LINK),
    facts.Noted(at=later(11 * 60), by=BOB, author="", app="Grafana", text="disk\nis full"),
    facts.Noted(at=NOW, by=BOB, author=BOB, text="wrong"),
    facts.EntryCorrected(at=later(1), by=BOB, entry=2, text="Errors rose"),
    facts.EntryStruck(at=later(2), by=BOB, entry=4, why="another incident"),
)


def exported(form: ExportFormat, happened: list[Entry] = HAPPENED, *, private: bool = False) -> str:
    return exports.export(declared(private=private), happened, NAMES, form, later(700))


def test_markdown_has_a_heading_for_each_day_and_names_and_links() -> None:
    assert exported(ExportFormat.MARKDOWN) == (
        "# Timeline of INC-42: Checkout is failing\n"
        "\n"
        "Exported 2026-11-24 01:40 UTC. All times are in UTC. 1 struck and not shown.\n"
        "\n"
        "## 2026-11-23\n"
        "\n"
        "- 13:30 (#2) Errors rose (said by Alice Adams, noted by Bob Brown) "
        "([message](<https://example.slack.com/archives/C1/p1?thread_ts=1.1&cid=C1>))\n"
        "- 14:00 (#1) Update: Half fails, Bob Brown looks (posted by Alertmanager)\n"
        "\n"
        "## 2026-11-24\n"
        "\n"
        "- 01:00 (#3) disk is full (said by Grafana, noted by Bob Brown)\n"
    )


def test_a_private_incidents_file_says_so() -> None:
    assert "**Private incident: share this only" in exported(ExportFormat.MARKDOWN, private=True)
    assert "struck" not in exported(ExportFormat.MARKDOWN, HAPPENED[:2])
    assert json.loads(exported(ExportFormat.JSON, private=True))["private"] is True


def test_json_has_ids_for_programs_and_names_for_people() -> None:
    document = json.loads(exported(ExportFormat.JSON))
    assert (document["incident"], document["struck"]) == ("INC-42", 1)
    assert [each["number"] for each in document["entries"]] == [2, 1, 3]
    assert document["entries"][0] == {
        "number": 2,
        "at": "2026-11-23T13:30:00+00:00",
        "kind": "Noted",
        "by": "Bob Brown",
        "author": "Alice Adams",
        "text": "Errors rose",
        "link": LINK,
        "corrected": True,
        "topic": "notes",
        "by_id": BOB,
        "author_id": ALICE,
    }


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_csv_has_a_line_for_each_entry() -> None:
    head, first, second, third = rows(exported(ExportFormat.CSV))
    assert head == list(exports.COLUMNS)
    assert first == [
        "2",
        "2026-11-23T13:30:00+00:00",
        "Noted",
        "Bob Brown",
        "Alice Adams",
        "Errors rose",
        LINK,
        "True",
    ]
    assert second[3:6] == [
        "Alertmanager",
        "",
        "Update: Half fails, @Bob Brown looks (posted by Alertmanager)",
    ]
    assert third[4:6] == ["Grafana", "disk\nis full"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", " =", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_is_taken_for_a_formula(begin: str) -> None:
    typed = f"{begin}HYPERLINK(1)"
    note = facts.Noted(at=NOW, by=BOB, author="", app=typed, text=typed)
    row = rows(exported(ExportFormat.CSV, entries(note)))[1]
    assert row[4:6] == [f"'{typed}", f"'{typed}"]


@TEXTS
@given(text=texts, title=titles)
@example(text="".join(MARKUP), title="x")
@example(text='"";=1,\n@x', title="&" * 150)
def test_whatever_was_typed_each_format_can_be_read_back(text: str, title: str) -> None:
    happened = [Entry(seq, fact) for seq, fact in enumerate(happenings(declared(), text), start=1)]
    document = json.loads(exported(ExportFormat.JSON, happened))
    assert len(document["entries"]) == len(happened)
    table = rows(exported(ExportFormat.CSV, happened))
    assert {len(row) for row in table} == {len(exports.COLUMNS)}
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in table for cell in row)
    lines = [line for line in exported(ExportFormat.MARKDOWN, happened).splitlines() if line.startswith("- ")]
    assert len(lines) >= len(happened)
    fits(exports.comment(declared(title), happened))


def test_the_message_before_the_file_says_what_is_in_it() -> None:
    assert said(exports.comment(declared(), HAPPENED)).endswith("3 entries; 1 struck, not in the file")
    assert said(exports.comment(declared(), HAPPENED[:2])).endswith("2 entries")


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("", ExportFormat.MARKDOWN),
        (" CSV ", ExportFormat.CSV),
        ("json", ExportFormat.JSON),
        ("markdown", ExportFormat.MARKDOWN),
        ("md", ExportFormat.MARKDOWN),
        ("xlsx", None),
    ],
)
def test_a_format_is_named_by_the_end_of_the_file(word: str, form: ExportFormat | None) -> None:
    assert ExportFormat.parse(word) is form
    assert exports.filename(declared(), ExportFormat.CSV) == "inc-42-timeline.csv"
