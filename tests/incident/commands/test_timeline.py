"""`/incident timeline`: pages, parts, a single entry."""

import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.core.blocks import Message
from bot.incident.commands.request import Outcome, Reply, Show
from bot.incident.domain import facts
from bot.incident.domain.effects import ShareExport
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views.timeline import PAGE
from tests.incident.commands.factory import press, refusal, reply, say
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, entries, later
from tests.incident.views.reading import buttons

OPEN = declared()
HAPPENED = entries(
    facts.SeverityChanged(at=NOW, by=CAROL, old=Severity.SEV2, new=Severity.SEV1, reason="all of them"),
    facts.Noted(at=later(1), by=CAROL, author=ALICE, text="Errors began"),
    facts.UpdatePosted(at=later(2), by=BOB, conditions="Half fails"),
    facts.RoleAssigned(at=later(3), by=CAROL, role=Role.SCRIBE, person=BOB),
    facts.Noted(at=later(4), by=CAROL, author=CAROL, text="Rolled back"),
    facts.EntryStruck(at=later(5), by=BOB, entry=5, why="that was yesterday"),
)


def shown(outcome: Outcome) -> Message:
    assert isinstance(outcome, Reply), outcome
    return outcome.message


def seen(words: str, timeline: Sequence[Entry] = HAPPENED) -> str:
    return reply(say(words, OPEN, timeline=timeline))


def test_each_entry_has_the_number_that_names_it() -> None:
    text = seen("timeline")
    assert "`#2`" in text
    assert text.index("`#1`") < text.index("`#2`") < text.index("`#3`") < text.index("`#4`")


def test_what_was_struck_is_counted_and_shown_on_request_with_its_reason() -> None:
    text = seen("timeline")
    assert "Rolled back" not in text
    assert "1 struck: `/incident timeline struck`" in text
    text = seen("timeline struck")
    assert "Rolled back" in text
    assert f"_struck by <@{BOB}>_: that was yesterday" in text
    assert "Errors began" not in text
    assert "struck: " not in text


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("timeline notes", {2}),
        ("timeline note", {2}),
        ("timeline NOTES", {2}),
        ("timeline updates", {3}),
        ("timeline roles", {4}),
        ("timeline severity", {1}),
        ("timeline lifecycle", {1}),
        ("timeline duplicates", {1}),
        ("timeline parked", set()),
        (f"timeline <@{BOB}>", {3, 4}),
        (f"timeline updates <@{BOB}|bob>", {3}),
        (f"timeline <@{BOB}> updates", {3}),
        (f"timeline notes <@{ALICE}>", {2}),
        ("timeline me", {1, 2, 4}),
        ("timeline struck notes", {5}),
        ("timeline struck updates", set()),
    ],
)
def test_a_part_of_the_timeline_is_one_topic_or_one_person(words: str, numbers: set[int]) -> None:
    text = seen(words)
    assert {number for number in range(1, 7) if f"`#{number}`" in text} == numbers


def test_an_empty_part_says_so() -> None:
    assert "Nothing is here." in seen("timeline struck updates")


def test_a_part_is_named_in_the_heading() -> None:
    assert f"*Timeline of INC-42* · updates · <@{BOB}>" in seen(f"timeline updates <@{BOB}>")
    assert "*Timeline of INC-42* · struck" in seen("timeline struck")


@pytest.mark.parametrize("word", ["tomatoes", "bob", "@bob", "nots"])
def test_an_unknown_part_is_refused_with_those_there_are(word: str) -> None:
    told = refusal(say(f"timeline {word}", OPEN, timeline=HAPPENED)).message
    assert f"“{word}” is no part of a timeline" in told
    assert "lifecycle, roles, updates, notes, parking, decisions, tasks, postmortem, struck" in told


NOTES = [
    Entry(seq, facts.Noted(at=later(seq), by=CAROL, author=CAROL, text=f"note {seq}."))
    for seq in range(1, 2 * PAGE + 4)
]


def test_pages_turn_in_place_from_the_latest_to_the_first_and_back() -> None:
    first = shown(say("timeline notes", OPEN, timeline=NOTES))
    assert f"Entries {PAGE + 4} to {2 * PAGE + 3} of {2 * PAGE + 3}" in str(first.text)
    assert "timeline_later" not in buttons(first)
    second = turned(first, "timeline_earlier")
    assert f"Entries 4 to {PAGE + 3}" in str(second.text)
    third = turned(second, "timeline_earlier")
    assert "note 1." in str(third.text)
    assert "timeline_earlier" not in buttons(third)
    assert turned(third, "timeline_later") == second


def turned(message: Message, action_id: str) -> Message:
    about = json.loads(buttons(message)[action_id]["value"])
    outcome = press(action_id, OPEN, timeline=NOTES, metadata=about)
    assert isinstance(outcome, Reply)
    assert outcome.in_place
    return outcome.message


def test_the_part_stays_the_same_when_the_page_turns() -> None:
    mixed = [*NOTES, Entry(99, facts.UpdatePosted(at=later(99), by=BOB, conditions="Half fails"))]
    first = shown(say("timeline notes me", OPEN, timeline=mixed))
    about = json.loads(buttons(first)["timeline_earlier"]["value"])
    assert about == {"number": 42, "page": 1, "topic": "notes", "person": CAROL, "struck": False}


@pytest.mark.parametrize(
    "about",
    [{}, {"page": -1}, {"page": "x", "topic": 7, "person": [], "struck": "yes"}, {"topic": "<!channel>"}],
)
def test_a_forged_page_is_the_latest(about: dict[str, object]) -> None:
    assert shown(press("timeline_later", OPEN, timeline=NOTES, metadata=about)) == shown(
        say("timeline", OPEN, timeline=NOTES)
    )


def test_a_page_beyond_the_first_entry_is_the_earliest() -> None:
    text = reply(press("timeline_earlier", OPEN, timeline=NOTES, metadata={"page": 99}))
    assert "note 1." in text


@pytest.mark.parametrize("words", ["timeline 5", "timeline #5"])
def test_one_entry_is_shown_in_full_with_what_became_of_it(words: str) -> None:
    text = seen(words)
    assert ">Rolled back" in text
    assert f"#5 struck: that was yesterday (by <@{BOB}>)" in text
    assert "As it was recorded: Rolled back" in text


def test_an_entry_without_a_past_has_none() -> None:
    message = shown(say("timeline 2", OPEN, timeline=HAPPENED))
    assert "recorded" not in str(message.text)
    assert set(buttons(message)) == {"correct_entry", "strike"}
    assert not buttons(shown(say("timeline 3", OPEN, timeline=HAPPENED)))
    assert set(buttons(shown(say("timeline 5", OPEN, timeline=HAPPENED)))) == {"unstrike"}


@pytest.mark.parametrize("words", ["timeline 0", "timeline 77", "timeline 6"])
def test_an_entry_that_is_not_there_is_refused(words: str) -> None:
    """#6 is the fact that struck another entry, and no entry itself."""
    assert "There is no entry #" in refusal(say(words, OPEN, timeline=HAPPENED)).message


def test_a_long_history_stays_short_in_the_view() -> None:
    corrected = [
        Entry(seq, facts.EntryCorrected(at=later(seq), by=BOB, entry=1, text=f"text {seq}" + "x" * 900))
        for seq in range(2, 60)
    ]
    message = shown(say("timeline 1", OPEN, timeline=[NOTES[0], *corrected]))
    assert len(message.blocks) < 30


def test_days_have_headings_in_the_readers_zone_if_the_incident_crosses_midnight() -> None:
    """Alice is in Berlin, where it is an hour later than in UTC; Carol is in UTC."""
    late = NOW.replace(hour=22, minute=30)
    happened = entries(
        facts.Noted(at=late, by=CAROL, author=CAROL, text="Errors began"),
        facts.Noted(at=late + timedelta(minutes=45), by=CAROL, author=CAROL, text="Rolled back"),
    )
    berlin = reply(say("timeline", OPEN, timeline=happened, actor=ALICE))
    assert berlin.index("|2026-11-23>*") < berlin.index("Errors began")
    assert berlin.index("Errors began") < berlin.index("|2026-11-24>*") < berlin.index("Rolled back")
    utc = reply(say("timeline", OPEN, timeline=happened, actor=CAROL))
    assert "{date_long}" not in utc
    assert "{date_short_pretty} {time}" in utc
    assert "{date_short_pretty}" not in berlin
    alone = str(shown(say("timeline", OPEN, timeline=happened, actor=ALICE)).text)
    assert alone.count("{date_short_pretty} {time}") == 2, "a screen reader hears the days too"
    assert "{date_long}" not in reply(say("timeline", OPEN, timeline=happened, actor="U0STRANGER"))


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("timeline export", ExportFormat.MARKDOWN),
        ("timeline export csv", ExportFormat.CSV),
        ("timeline EXPORT JSON", ExportFormat.JSON),
    ],
)
def test_an_export_is_sent_to_whoever_asks(words: str, form: ExportFormat) -> None:
    outcome = say(words, OPEN, timeline=HAPPENED)
    assert isinstance(outcome, Show)
    assert outcome.effects == (ShareExport(CAROL, form),)
    assert "direct message" in outcome.done.text


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    told = refusal(say("timeline export xlsx", OPEN, timeline=HAPPENED)).message
    assert "The formats are md, csv, json." in told
