"""What the reader for blame found, as people see it: at the end of the draft, and in the war room."""

from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from bot import policy_file
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import blame, facts, rules
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import Draft, draft
from bot.incident.domain.vocabulary import Severity
from bot.incident.views import blame as views
from bot.incident.views.postmortem import postmortem
from bot.incident.views.samples import LATER, Sample, samples
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, decided, entries, later
from tests.incident.views.hostile_texts import happenings
from tests.incident.views.limits import fits
from tests.incident.views.reading import said

NAMES = {ALICE: "Alice Adams", BOB: "Bob Brown", CAROL: "Carol Chen"}
POLICY, TEMPLATES = policy_file.load(), Templates(shipped("templates"))
DECLARED = decided(
    rules.declare(
        number=42,
        title="Checkout is failing",
        severity=Severity.SEV1,
        summary="Half of all payments fail",
        private=False,
        commander=BOB,
        by=ALICE,
        now=NOW,
    )
)


def contents(*notes: str) -> Draft:
    """The draft of an incident with these notes."""
    noted = [facts.Noted(at=later(at), by=ALICE, author=ALICE, text=text) for at, text in enumerate(notes)]
    happened = (*DECLARED, *noted)
    return draft(fold(happened), entries(*happened), POLICY, later(90))


def written(*notes: str) -> str:
    return postmortem(contents(*notes), NAMES, TEMPLATES)


@pytest.mark.parametrize("sample", samples())
def test_the_shipped_template_yields_no_finding_whatever_the_incident_has(sample: Sample) -> None:
    text = postmortem(draft(sample.updated, sample.timeline, POLICY, LATER), sample.names, TEMPLATES)
    assert blame.read(text) == []
    assert views.with_list(text, sample.names) == text


def test_the_bots_own_sentences_yield_no_finding() -> None:
    incident = fold(DECLARED)
    for happened in happenings(incident, "half of all payments fail"):
        of = replace(contents(), timeline=entries(*DECLARED, happened))
        text = postmortem(of, NAMES, TEMPLATES)
        assert blame.read(text, NAMES.values()) == [], happened


def test_the_list_at_the_end_of_the_draft_names_lines_and_reasons_and_leaves_the_rest_alone() -> None:
    text = written("<@U0BOB> forgot the second region", "The root cause was human error")
    listed = views.with_list(text, NAMES)
    assert listed.startswith(text.rstrip("\n"))
    added = listed[len(text.rstrip("\n")) :]
    assert f"\n## {blame.SECTION}\n" in added
    lines = listed.splitlines()
    for finding in blame.read(text, NAMES.values()):
        assert f"  - line {finding.line}: “{finding.words}”" in added
        assert finding.words in lines[finding.line - 1]
        assert f"**{finding.kind.words.capitalize()}.** {finding.reason} _{finding.question}_" in added


def test_everybody_has_a_mention_and_nobody_is_listed() -> None:
    everybody = views._Mentions()
    assert everybody[BOB] == everybody.get(BOB) == f"<@{BOB}>"
    assert (list(everybody), len(everybody)) == ([], 0)


def test_the_list_itself_is_not_read_again() -> None:
    listed = views.with_list(written("We should have tested it"), NAMES)
    assert len(blame.read(listed, NAMES.values())) == 1


def test_a_long_list_ends_with_the_count_of_the_rest() -> None:
    listed = views.with_list(written(*["We should have tested it"] * 30), NAMES)
    assert listed.count("  - line") == views.SHOWN_MAX
    assert listed.endswith("\n- 10 more\n")


def test_what_was_typed_stays_text_in_the_list() -> None:
    hostile = "We should have <b>x</b> tested. Bob forgot. Human [error](http://x.example) | error\\"
    rendered = MarkdownIt("commonmark", {"html": True}).parse(views.with_list(written(hostile), NAMES))
    kinds = {child.type for token in rendered for child in token.children or ()}
    assert "html_inline" not in kinds
    assert "link_open" not in kinds


def test_action_items_are_listed_by_what_they_lack() -> None:
    text = "## Action items\n\n| What | Owner | Due |\n| --- | --- | --- |\n| Be more careful | | soon |\n"
    listed = views.with_list(text, {})
    assert "- **Action items** that lack an owner, a date" in listed
    assert "  - line 5: “Be more careful”" in listed


def test_the_person_who_asks_sees_each_sentence_with_the_words_the_reason_and_a_better_question() -> None:
    of = contents("<@U0BOB> forgot the second region", "<@U0CAROL> restarted the primary")
    message = views.report(of, TEMPLATES)
    text = said(message)
    assert text.startswith("*One place in the draft of INC-42*")
    assert "*Omission*\nThis says what a person did not do" in text
    assert "Better: _What did they do" in text
    assert "\nTimeline, line " in text
    assert f">14:00 — <@{BOB}> *forgot* the second region" in text
    assert f"<@{CAROL}>" not in text
    fits(message)


def test_more_than_fits_is_counted() -> None:
    message = views.report(contents(*["We should have tested it"] * 30), TEMPLATES)
    assert said(message).startswith("*30 places")
    assert "10 more: `warroom postmortem INC-42 --check` prints all of it." in said(message)
    fits(message)
    long = views.report(contents(*["We should have tested it " + "&" * 400] * 30), TEMPLATES)
    fits(long)


def test_action_items_and_text_before_any_heading_have_their_place_too(tmp_path: Path) -> None:
    (tmp_path / "postmortem.md.j2").write_text(
        "We should have tested it.\n\n# Action items\n\n- Investigate\n"
    )
    text = said(views.report(contents(), Templates(shipped("templates"), tmp_path)))
    assert "\nline 1:\n>We *should have tested* it." in text
    assert "*Action items*\nAction items, line 5: Nobody can see whether it is done. It has no owner." in text
    assert "\n>Investigate" in text


def test_an_empty_result_says_what_was_read() -> None:
    assert said(views.report(contents(), TEMPLATES)) == (
        ":white_check_mark: Nothing in the draft of INC-42 judges a person or hides the system, as far as rules can tell. "
        "I read all of it as it would be now: 2 entries on the timeline, 0 tasks left open, 0 action items, and the text around them."
    )


def test_an_open_action_item_is_checked_and_one_that_is_over_is_not() -> None:
    item = samples()[0].action_item
    items = [
        replace(item, reference="ACT-1", title="Be more careful", state="open", owner="", outcome=""),
        replace(item, reference="ACT-2", title="Investigate", state="done", outcome="found"),
    ]
    text = said(views.report(replace(contents(), action_items=items), TEMPLATES))
    assert text.startswith("*One place in the draft of INC-42*")
    assert "Nobody can see whether it is done. It has no owner. What will be different" in text
    assert ">Be more careful" in text


def test_on_the_command_line_each_finding_is_one_line_with_file_and_line() -> None:
    (line,) = views.printed(blame.read("# Title\n\nWe should\nhave \\*tested\\* it."), "draft.md")
    assert line.startswith("draft.md:3: should have: “should have *tested”: “Should have” judges")
    assert line.endswith("?")
