"""The canvas: what it shows, that it fits, and that nothing that people type is live in it."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.views import canvas
from bot.incident.views.canvas_text import link, plain
from tests.incident.domain.histories import history_of
from tests.incident.domain.situations import ALICE, BOB, NOW, after, declared, later, resolved, with_role
from tests.incident.views.hostile_texts import HOSTILE, TEXTS

COMMANDED = with_role(declared(), "commander", BOB)
NAMES = {ALICE: "Alice Adams", BOB: "Bob Brown"}
INJECTED = [
    "![](@U012ABCDEF)",
    "![](#C012ABCDEF)",
    "![x](https://evil.example/x.png)",
    "[click](https://evil.example)",
    "<https://evil.example>",
    "# heading",
    "- item\n- [ ] check",
    "| a | b |\n| - | - |",
    "> quote",
    "```\ncode",
    "warroom keeps this paragraph: state",
    "WARROOM  keeps this paragraph: tasks",
    "@channel @U012ABCDEF",
    "\\![](@U012ABCDEF)",
    "<div>&nbsp;</div>",
    "\n\n## State\n\n",
]


def shown(incident: Incident, policy: Policy, timeline: list[Entry] | None = None) -> dict[str, str]:
    """The paragraphs by the names of their sections."""
    entries = [Entry(at, fact) for at, fact in enumerate(history_of(incident), start=1)]
    made = canvas.sections(incident, entries if timeline is None else timeline, policy, NAMES)
    assert tuple(each.name for each in made) == canvas.NAMES
    return {each.name: each.paragraph for each in made}


def with_text(text: str) -> tuple[Incident, list[Entry]]:
    """An incident that has this text everywhere."""
    words = text if any(each.isprintable() and not each.isspace() for each in text) else f"{text}x"
    incident: Incident = replace(COMMANDED, title=words, summary=words, update=words, updated_at=NOW)
    incident = after(incident, rules.add_task(incident, words[:200], assignee=BOB, by=ALICE, now=NOW))
    decided: Any = facts.Decided(
        at=NOW, by=ALICE, number=1, text=words, risk=words, way_back=words, until=later(5)
    )
    incident = evolve(incident, decided)
    noted: Any = facts.Noted(at=NOW, by=ALICE, author=BOB, text=words, link="https://a.slack.com/p1")
    return incident, [Entry(1, noted), Entry(2, decided)]


def test_it_shows_the_state_the_roles_and_what_has_happened(policy: Policy) -> None:
    texts = shown(COMMANDED, policy)
    assert "**Severity:** SEV" in texts["state"]
    assert "**Latest update:** none yet" in texts["state"]
    assert "**Next update by:** " in texts["state"]
    assert "**Incident Commander:** " in texts["roles"]
    assert "declared SEV" in texts["timeline"]
    assert texts["tasks"].endswith("none yet")
    assert texts["decisions"].endswith("none yet")


def test_a_closed_incident_promises_no_update(policy: Policy) -> None:
    assert "Next update" not in shown(resolved(), policy)["state"]


def test_people_are_named_and_never_mentioned(policy: Policy) -> None:
    incident, timeline = with_text(f"<@{BOB}> and <#C1> and <!here>")
    texts = shown(incident, policy, timeline)
    whole = "\n".join(texts.values())
    assert "Bob Brown: " in texts["tasks"]
    assert "<@" not in whole
    assert "](@" not in whole
    assert "Bob Brown" in texts["timeline"]
    assert "([message](https://a.slack.com/p1))" in texts["timeline"]


def test_a_task_that_nobody_has_says_so_and_dropped_ones_are_left_out(policy: Policy) -> None:
    incident = after(declared(), rules.add_task(declared(), "fail over", assignee=None, by=ALICE, now=NOW))
    assert "**T1** open, nobody yet: fail over" in shown(incident, policy)["tasks"]
    dropped = after(incident, rules.drop_task(incident, 1, by=ALICE, now=NOW))
    assert "fail over" not in shown(dropped, policy)["tasks"]


@pytest.mark.parametrize("text", [*INJECTED, *HOSTILE])
def test_what_people_type_is_never_live(text: str, policy: Policy) -> None:
    incident, timeline = with_text(text)
    for name, paragraph in shown(incident, policy, timeline).items():
        _is_one_inert_paragraph(paragraph)
        assert paragraph.count(f"warroom keeps this paragraph: {name}") == 1
        others = [each for each in canvas.NAMES if each != name]
        assert not any(f"warroom keeps this paragraph: {each}" in paragraph for each in others)


@TEXTS
@given(st.text(max_size=400))
def test_no_text_at_all_is_live(text: str) -> None:
    said = plain(text, {}, 300)
    assert "\n" not in said
    _is_one_inert_paragraph("x  \n" + said)


def _is_one_inert_paragraph(paragraph: str) -> None:
    bare = re.sub(r"\\[\\`*_~\[\]<>|#&]", "", paragraph)  # without what is escaped
    ours = re.sub(r"\[[^\[\]]*\]\(https?://[^()\s]*\)", "", bare)  # and without whole links
    assert "\n\n" not in paragraph
    assert not re.search(r"[\[\]<>|&~]", ours.replace("`#", "")), ours
    assert not re.search(r"(?m)^\s*([-+*>]|\d+[.)]|#)\s", paragraph.partition("\n")[2])
    assert not re.search(r"[@#](?=\w)", re.sub(r"`#\d+`", "", ours)), ours


def test_long_parts_show_what_is_latest_and_say_how_much_is_left_out(policy: Policy) -> None:
    notes = [
        Entry(at, facts.Noted(at=later(at), by=ALICE, author=ALICE, text=f"{at} " + "ö&" * 200))
        for at in range(1, 60)
    ]
    (paragraph,) = [shown(declared(), policy, notes)["timeline"]]
    assert len(paragraph.encode()) <= canvas.PARAGRAPH_MAX
    assert "`#59`" in paragraph
    assert "`#1`" not in paragraph
    assert re.search(r"\d+ earlier: /incident timeline", paragraph)


def test_a_text_is_cut_between_links_and_a_link_is_whole_or_not_there() -> None:
    assert plain("a" * 400, {}, 10) == "a" * 9 + "…"
    assert plain("<https://a.example/b>", {}, 300) == "[https://a.example/b](https://a.example/b)"
    assert plain("see <https://a.example/long> and more", {}, 10) == "see https…"
    assert plain("<https://a.example|https://b.example>", {}, 99) == "[https://a.example](https://a.example)"
    assert plain("abc<@U1>def", {"U1": "x"}, 3) == "abc"


def test_an_address_cannot_end_its_link() -> None:
    assert link("message", "https://a.example/(b)") == "[message](https://a.example/%28b%29)"
    assert link("message", "javascript:alert(1)") == "message"


def test_a_section_has_another_digest_only_if_it_says_something_else(policy: Policy) -> None:
    first = {each.name: each.digest for each in canvas.sections(declared(), [], policy, NAMES)}
    same = {each.name: each.digest for each in canvas.sections(declared(), [], policy, NAMES)}
    updated = replace(declared(), update="Half of it works", updated_at=NOW)
    other = {each.name: each.digest for each in canvas.sections(updated, [], policy, NAMES)}
    assert first == same
    assert [name for name in canvas.NAMES if first[name] != other[name]] == ["state"]


def test_the_title_has_no_words_that_may_change_or_turn_out_to_be_a_secret() -> None:
    assert canvas.title(declared()) == "INC-42 war room"
