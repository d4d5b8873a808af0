"""The page of a postmortem: one file that loads nothing, with everything that the Markdown has."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bot.core.resources import shipped
from bot.core.template_check import TemplateCheck
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Status
from bot.incident.views.check import try_templates
from bot.incident.views.page.cells import has_long_word
from bot.incident.views.page.markdown import html
from bot.incident.views.published.document import SCHEMA, published_json
from bot.incident.views.published.material import Material, material, redacted_material
from bot.incident.views.published.web_page import ENTRIES_MAX, published_page
from tests.incident.domain.drafts import NAMES, POLICY, action_item, declared, drafted, note, role, usual
from tests.incident.domain.situations import ALICE, BOB, later

TEMPLATES = Templates(shipped("templates"))
HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://example.com/y.png) & \"'"


class Read(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def written(*happened: facts.Fact) -> str:
    return published_page(Material(drafted(*happened), NAMES, "Europe/Berlin"), TEMPLATES)


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = Read(written(*usual()))
    assert not {"script", "img", "iframe", "object", "link", "form"} & {tag for tag, _ in page.tags}
    policy = next(each["content"] for tag, each in page.tags if each.get("http-equiv"))
    assert (policy or "").startswith("default-src 'none';")
    addresses = [
        each.get("href") or each.get("src") for _, each in page.tags if "href" in each or "src" in each
    ]
    assert all((each or "").startswith("#") for each in addresses)
    assert "url(" not in written(*usual())
    assert "@import" not in written(*usual())


def test_the_page_has_what_the_markdown_has() -> None:
    found = Material(drafted(*usual()), NAMES)
    text = " ".join(Read(written(*usual())).text.split())
    for heading in re.findall(r"^## (.+)$", found.markdown(TEMPLATES), re.MULTILINE):
        assert heading in text
    assert "14:15 — Update: Half of the payments fail (posted by Bob Brown)" in text
    assert "Time to resolve started resolved 1 h 49 min" in text


def test_the_page_has_a_language_a_title_landmarks_and_a_way_past_the_head() -> None:
    page = Read(written(*usual()))
    of = dict(reversed(page.tags))
    assert of["html"]["lang"] == "en"
    assert {"main", "nav", "footer", "figure"} <= of.keys()
    assert of["a"] == {"class": "skip", "href": "#content"}
    ids = [each["id"] for _, each in page.tags if "id" in each]
    assert len(ids) == len(set(ids))
    targets = [(each.get("href") or "").removeprefix("#") for tag, each in page.tags if tag == "a"]
    assert set(targets) <= set(ids)


def test_headings_are_in_order_and_a_table_says_what_its_columns_are() -> None:
    page = Read(written(*usual()))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    assert all(each.get("scope") == "col" for tag, each in page.tags if tag == "th")


def test_what_was_typed_never_becomes_markup() -> None:
    happened: list[facts.Fact] = [
        declared(title=HOSTILE, summary=HOSTILE),
        note(1, HOSTILE, by=BOB),
        role(2, "scribe", BOB),
    ]
    found = Material(drafted(*happened), {ALICE: HOSTILE, BOB: HOSTILE})
    page = Read(published_page(found, TEMPLATES))
    assert not {"script", "img"} & {tag for tag, _ in page.tags}
    assert not [each for _, each in page.tags if (each.get("href") or "").startswith("javascript")]
    assert not [name for _, each in page.tags for name in each if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.text


def test_a_huge_timeline_is_shortened_and_the_page_says_so() -> None:
    notes = [note(each / 10, f"Note {each}") for each in range(ENTRIES_MAX + 100)]
    page = written(declared(), *notes)
    assert f"shows {ENTRIES_MAX} of {ENTRIES_MAX + 101} entries" in page
    assert "entries: every change" not in written(*usual())


def test_a_redacted_page_says_that_it_is() -> None:
    found = Material(drafted(*usual()), NAMES, redacted=True)
    assert "people, links and private notes are left out" in published_page(found, TEMPLATES)
    assert "left out" not in Read(written(*usual())).text.split("INC-42")[-1]


def test_a_draft_without_sections_has_only_a_head() -> None:
    document = html("# Title\n\nOnly this.")
    assert "<h1>Title</h1>" in document.head
    assert (document.body, list(document.sections)) == ("", [])


def test_sections_of_the_same_name_have_different_anchors() -> None:
    anchors = [each.anchor for each in html("## A b\n## A b\n## 決\n## 決\n").sections]
    assert anchors == ["a-b", "a-b-more", "section", "section-more"]


def test_an_empty_heading_of_a_table_is_no_heading_and_a_long_word_may_be_broken() -> None:
    body = html(f"| a | |\n| --- | --- |\n| {'x' * 40} | y |\n").head
    assert '<th scope="col">a</th>\n<td></td>' in body
    assert f'<td class="long">{"x" * 40}</td>\n<td>y</td>' in body
    assert not has_long_word("no long word here")


def test_the_json_has_stable_keys() -> None:
    decided = json.loads(published_json(Material(drafted(*usual()), NAMES)))
    assert decided["schema"] == SCHEMA == "warroom.postmortem/1"
    assert list(decided) == [
        "schema",
        "redacted",
        "incident",
        "title",
        "summary",
        "resolution",
        "status",
        "severity",
        "worst_severity",
        "private",
        "services",
        "duplicate_of",
        "postmortem",
        "declared_by",
        "drafted_at",
        "milestones",
        "measures",
        "severities",
        "impact",
        "roles",
        "updates",
        "decisions",
        "parked",
        "open_tasks",
        "action_items",
        "timeline",
        "struck",
    ]
    assert decided["updates"]["promises"] == [
        {"due_at": "2026-11-23T14:20:00+00:00", "came_at": "2026-11-23T14:15:00+00:00", "result": "in_time"},
        {"due_at": "2026-11-23T14:30:00+00:00", "came_at": "2026-11-23T14:34:00+00:00", "result": "late"},
        {"due_at": "2026-11-23T15:04:00+00:00", "came_at": None, "result": "missed"},
    ]
    assert decided["measures"][3] == {
        "name": "Time to resolve",
        "from": "started",
        "to": "resolved",
        "seconds": 6540,
    }
    assert decided["roles"][0] == {
        "role": "commander",
        "title": "Incident Commander",
        "person": "Bob Brown",
        "from": "2026-11-23T14:01:00+00:00",
        "until": "2026-11-23T14:20:00+00:00",
    }
    assert (
        decided["timeline"][2]["text"] == "@Dave Dunn became Subject-Matter Expert (assigned by @Alice Adams)"
    )


def test_the_json_of_an_open_incident_leaves_open_what_is() -> None:
    task = facts.TaskAdded(at=later(2), by=BOB, number=1, text="Check lag", assignee=ALICE)
    free = facts.TaskAdded(at=later(2), by=BOB, number=2, text="Call", link="https://example.com/p")
    parked = facts.Parked(at=later(2), by=BOB, number=1, text="DNS?", author=BOB)
    found = json.loads(
        published_json(Material(drafted(declared(), role(1, "scribe", BOB), task, free, parked), NAMES))
    )
    assert found["roles"][0]["until"] is None
    assert [each["assignee"] for each in found["open_tasks"]] == ["Alice Adams", None]
    assert found["open_tasks"][1]["link"] == "https://example.com/p"
    assert found["parked"][0]["by"] == "Bob Brown"
    assert found["measures"][3]["seconds"] is None


def test_the_json_has_the_action_items() -> None:
    items = [action_item(state="done", outcome="Merged"), action_item(owner="", link="https://example.com/p")]
    found = json.loads(published_json(Material(drafted(declared(), action_items=items), NAMES)))
    assert found["action_items"][0] == {
        "name": "ACT-1",
        "incident": "INC-42",
        "text": "Alert on 502",
        "kind": "detect",
        "owner": "Bob Brown",
        "due_on": "2026-12-01",
        "state": "done",
        "outcome": "Merged",
        "link": None,
    }
    assert (found["action_items"][1]["owner"], found["action_items"][1]["link"]) == (
        None,
        "https://example.com/p",
    )


def test_the_json_names_the_other_incident_and_the_other_decision() -> None:
    by: dict[str, Any] = {"at": later(1), "by": BOB}
    first = facts.Decided(**by, number=1, text="Wait", until=later(9))
    second = facts.Decided(**by, number=2, text="Roll back", until=later(9), instead_of=1)
    ended = facts.MarkedDuplicate(**by, old=Status.TRIAGE, of=7)
    found = json.loads(published_json(Material(drafted(declared(), first, second, ended), NAMES)))
    assert found["duplicate_of"] == "INC-7"
    assert [each["replaced_by"] for each in found["decisions"]] == ["D2", None]


@pytest.mark.parametrize("by_role", [False, True])
def test_the_policy_says_whether_people_are_named(by_role: bool) -> None:  # noqa: FBT001  # a parameter of the test
    found = material(
        drafted(*usual()), NAMES, replace(POLICY, names_by_role=by_role, time_zone="Europe/Berlin")
    )
    text = found.markdown(TEMPLATES)
    assert ("Bob Brown" in text) is not by_role
    assert ("Incident Commander A" in text) is by_role
    assert ("Names are here so that you can ask" in text) is not by_role
    assert found.zone_name == "Europe/Berlin"
    assert f"{found.zone}" == "Europe/Berlin"


def test_a_frame_of_your_own_is_used_and_its_mistakes_are_found(tmp_path: Path) -> None:
    (tmp_path / "postmortem.html.j2").write_text("<!doctype html>{{ reference }} {{ drawing }}{{ body }}")
    own = published_page(Material(drafted(*usual()), NAMES), Templates(shipped("templates"), tmp_path))
    assert own.startswith("<!doctype html>INC-42 <svg")
    (tmp_path / "postmortem.html.j2").write_text("{{ titel }}\n{% if left_out %}{{ sectoins }}{% endif %}")
    check = TemplateCheck(shipped("templates"), tmp_path)
    try_templates(check, POLICY)
    assert [found.told for found in check.mistakes()] == [
        "'titel' is undefined: did you mean `title`?",
        "'sectoins' is undefined: did you mean `sections`?",
    ]
    broken = Templates(shipped("templates"), tmp_path, lambda _error: None)
    assert "<main" in published_page(Material(drafted(*usual()), NAMES), broken)


def test_what_the_authors_are_asked_to_look_at_is_in_their_draft_only() -> None:
    happened: list[facts.Fact] = [declared(), note(1, "Bob should have tested it")]
    found = material(drafted(*happened), NAMES, POLICY)
    assert "Before you publish" in found.markdown(TEMPLATES)
    assert "Before you publish" not in published_page(found, TEMPLATES)
    assert "Before you publish" not in redacted_material(drafted(*happened), NAMES, POLICY, "").markdown(
        TEMPLATES
    )
