"""`timeline fix`, `strike`, `unstrike`, their buttons and their form."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.incident.commands import registry
from bot.incident.commands.request import ChangeIncident, Outcome
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.postmortem_state import Postmortem
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.corrections import removed
from tests.incident.commands.factory import change, form, press, refusal, request, say
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, entries, later
from tests.incident.views.reading import buttons, fields, initial, said

OPEN = declared()
NIGHT = NOW.replace(hour=23, minute=50)
HAPPENED = entries(
    facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fails"),
    facts.Noted(at=later(-30), by=CAROL, author=ALICE, text="Errors began"),
    facts.Noted(at=NIGHT, by=CAROL, author=CAROL, text="Rolled back"),
    facts.EntryStruck(at=NIGHT, by=BOB, entry=3),
)
ABOUT = {"number": 42, "entry": 2}


def typed(words: str, **given: object) -> Outcome:
    return say(words, OPEN, timeline=HAPPENED, **given)


def answer(outcome: Outcome) -> str:
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    return said(outcome.done(OPEN))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("timeline fix 2 Errors rose", {"text": "Errors rose"}),
        ("timeline fix #2: Errors rose", {"text": "Errors rose"}),
        ("timeline correct 2 Errors rose\nand fell", {"text": "Errors rose\nand fell"}),
        ("fix 2 Errors rose", {"text": "Errors rose"}),
        ("correct 2 at first all was well", {"text": "at first all was well"}),
        ("timeline fix 2 at 13:40", {"when": later(-20)}),
        ("timeline fix 2 AT 1:40pm Errors rose", {"when": later(-20), "text": "Errors rose"}),
        ("timeline fix 2 at 10 min ago", {"when": later(-10)}),
        ("timeline fix 2 5 replicas failed", {"text": "5 replicas failed"}),
    ],
)
def test_text_and_time_of_a_note_are_corrected(words: str, expected: dict[str, object]) -> None:
    made = change(typed(words), OPEN)
    assert made == facts.EntryCorrected(at=NOW, by=CAROL, entry=2, **expected)  # type: ignore[arg-type]  # its fields


def test_a_time_of_day_is_the_one_closest_to_the_note_and_not_to_the_correction() -> None:
    two_days_later = later(2 * 24 * 60)
    made = change(typed("fix 2 at 13:40", now=two_days_later), OPEN)
    assert isinstance(made, facts.EntryCorrected)
    assert made.when == later(-20)


def test_who_corrects_sees_that_it_worked_and_where_the_old_is() -> None:
    assert "*#2* is corrected. `/incident timeline 2` shows what it said before." in answer(
        typed("fix 2 Errors rose")
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("timeline fix", "Say which entry: `/incident timeline fix 12"),
        ("timeline fix the first one", "Say which entry"),
        ("timeline fix 2nd one", "Say which entry"),
        ("fix 77 Errors rose", "There is no entry #77 in INC-42"),
        ("fix 4 Errors rose", "There is no entry #4"),
        ("fix 2 at 25:00", "I cannot read that time"),
        ("fix 1 Errors rose", "only notes can be corrected"),
        ("fix 1", "only notes can be corrected"),
        ("fix 3", "put it back first"),
        ("fix 2 at 15:40", "in the future"),
        ("strike", "Say which entry: `/incident strike 12 [why | secret]`"),
        ("strike 77", "There is no entry #77"),
        ("strike 1", "only notes can be struck"),
        ("strike 3", "struck already"),
        ("unstrike", "Say which entry: `/incident unstrike 12`"),
        ("unstrike 2", "#2 is not struck."),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_the_reason(words: str, told: str) -> None:
    assert told in refusal(typed(words), OPEN).message


def test_a_time_long_ago_is_asked_about() -> None:
    assert refusal(typed("fix 2 at 2025-01-01 10:00"), OPEN).unless_sure


def test_the_number_alone_opens_the_form_with_what_is_there() -> None:
    for outcome in (typed("fix 2"), press("correct_entry", OPEN, timeline=HAPPENED, metadata=ABOUT)):
        view = form(outcome)
        assert set(fields(view)) == {"text", "at", "what", "why"}
        assert initial(view, "text") == "Errors began"
        assert fields(view)["at"]["element"]["initial_date_time"] == int(later(-30).timestamp())
        assert initial(view, "what") == "correct"
        assert json.loads(view["private_metadata"]) == ABOUT


def submitted(about: Mapping[str, object] = ABOUT, **given: object) -> Outcome:
    usual = {"text": "Errors began", "at": int(later(-30).timestamp()), "what": "correct"}
    filled = request(incident=OPEN, metadata=about, timeline=HAPPENED, fields=usual | given)
    return registry.FORMS["correct_entry"].handle(filled)


def test_the_form_corrects_what_was_changed() -> None:
    assert change(submitted(text="Errors rose"), OPEN) == facts.EntryCorrected(
        at=NOW, by=CAROL, entry=2, text="Errors rose"
    )
    at = int(later(-20).timestamp())
    assert change(submitted(at=at), OPEN) == facts.EntryCorrected(at=NOW, by=CAROL, entry=2, when=later(-20))
    assert "says already" in refusal(submitted(), OPEN).message


def test_the_form_asks_about_a_time_long_ago_and_keeps_the_typed_text() -> None:
    long_ago = int(later(-60 * 24 * 400).timestamp())
    outcome = submitted(text="The certificate was made", at=long_ago)
    doubt = refusal(outcome, OPEN)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.ask_again
    view = outcome.ask_again(doubt)
    assert "400 days before" in said(view)
    assert initial(view, "text") == "The certificate was made"
    made = change(submitted(at=long_ago, sure=["sure"]), OPEN)
    assert isinstance(made, facts.EntryCorrected)


def test_a_form_that_lost_its_time_asks_with_the_present_one() -> None:
    outcome = submitted(at=None, text="Errors rose")
    assert isinstance(outcome, ChangeIncident)
    assert outcome.ask_again
    view = outcome.ask_again(refusal(typed("fix 2 at 2025-01-01 10:00"), OPEN))
    assert fields(view)["at"]["element"]["initial_date_time"] == int(later(-30).timestamp())


def test_a_note_is_struck_by_word_by_button_and_by_the_form() -> None:
    why = facts.EntryStruck(at=NOW, by=CAROL, entry=2, why="that was yesterday")
    assert change(typed("strike 2 that was yesterday"), OPEN) == why
    assert change(submitted(what="strike", why="that was yesterday"), OPEN) == why
    pressed = press("strike", OPEN, timeline=HAPPENED, metadata=ABOUT)
    assert change(pressed, OPEN) == facts.EntryStruck(at=NOW, by=CAROL, entry=2)
    assert "`/incident unstrike 2` puts it back" in answer(pressed)


def test_a_struck_note_is_put_back_by_word_and_by_button() -> None:
    outcome = typed("strike 2")
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    undo = json.loads(buttons(outcome.done(OPEN))["unstrike"]["value"])
    assert undo == ABOUT
    for back in (
        typed("unstrike 3"),
        press("unstrike", OPEN, timeline=HAPPENED, metadata={"number": 42, "entry": 3}),
    ):
        assert change(back, OPEN) == facts.EntryRestored(at=NOW, by=CAROL, entry=3)
        assert "*#3* is back on the timeline." in answer(back)


@pytest.mark.parametrize("button", ["correct_entry", "strike", "unstrike"])
@pytest.mark.parametrize("entry", [None, "2", 77, -1, 4])
def test_a_forged_number_is_refused(button: str, entry: object) -> None:
    pressed = press(button, OPEN, timeline=HAPPENED, metadata={"entry": entry})
    assert "There is no entry #" in refusal(pressed).message
    assert "There is no entry #" in refusal(submitted({"entry": entry})).message


def secret(entry: int, why: str = "") -> facts.EntryStruck:
    return facts.EntryStruck(at=NOW, by=CAROL, entry=entry, why=why, secret=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("strike 2 secret", secret(2)),
        ("strike #2: SECRET!", secret(2)),
        ("strike 2 secret: a key of ours", secret(2, "a key of ours")),
        ("strike 2 secret, a key\nof ours", secret(2, "a key\nof ours")),
        ("strike 1 secret", secret(1)),
        ("strike 3 secret", secret(3)),
    ],
)
def test_the_words_of_any_entry_can_be_removed_also_of_one_that_was_struck(
    words: str, expected: facts.EntryStruck
) -> None:
    assert change(typed(words), OPEN) == expected


def test_a_reason_that_begins_with_the_word_is_asked_about() -> None:
    told = refusal(typed("strike 2 secret meeting, not ours"), OPEN).message
    assert "for good: `/incident strike 2 secret`" in told
    assert change(typed("strike 2 secretly noted"), OPEN) == facts.EntryStruck(
        at=NOW, by=CAROL, entry=2, why="secretly noted"
    )


def test_the_form_removes_words_too() -> None:
    assert change(submitted(what="secret", why="a key"), OPEN) == secret(2, "a key")


LINK = "https://example.slack.com/archives/C1/p1"
ALWAYS = ("drafts, exports, and private answers", "notifications", "backups of the database")


@pytest.mark.parametrize(
    ("fact", "told", "reached", "out_of_reach"),
    [
        (facts.Noted(at=NOW, by=BOB, author=BOB, text="x"), True, True, []),
        (facts.Noted(at=NOW, by=BOB, author=BOB, text="x"), False, False, ["my message in the war room"]),
        (facts.Decided(at=NOW, by=BOB, number=1, text="x", until=NOW), False, True, []),
        (facts.TaskAdded(at=NOW, by=BOB, number=1, text="x"), True, True, ["direct messages to whoever"]),
        (
            facts.TaskAdded(at=NOW, by=BOB, number=1, text="x"),
            False,
            True,
            ["my message in the war room", "direct messages to whoever"],
        ),
        (
            facts.Noted(at=NOW, by=BOB, author=BOB, text="x", link=LINK, from_message=True),
            False,
            False,
            [f"the message itself (<{LINK}|link>): its author or an admin"],
        ),
        (facts.UpdatePosted(at=NOW, by=BOB, conditions="x"), True, True, ["direct messages that told"]),
        (
            facts.UpdatePosted(at=NOW, by=BOB, conditions="x"),
            False,
            True,
            ["my message in the war room", "direct messages that told"],
        ),
        (
            facts.Declared(
                at=NOW,
                by=BOB,
                number=42,
                title="Checkout is failing",
                severity=Severity.SEV1,
                summary="x",
                source=LINK,
            ),
            False,
            True,
            ["the title", f"<{LINK}|this message>, from which it was declared"],
        ),
        (
            facts.Declared(at=NOW, by=BOB, number=42, title="t", severity=Severity.SEV1, summary="x"),
            False,
            True,
            ["lines by Slack about the former name and topic", "reminders, digests, direct messages"],
        ),
        (
            facts.Renamed(at=NOW, by=BOB, title="t", old_title="u"),
            False,
            True,
            ["lines by Slack about the former name and topic", "reminders, digests, direct messages"],
        ),
    ],
)
def test_who_removes_words_is_told_what_could_not_be_reached(
    fact: facts.Fact,
    told: bool,  # noqa: FBT001
    reached: bool,  # noqa: FBT001
    out_of_reach: list[str],
) -> None:
    asked = replace(
        request("1 secret", incident=OPEN, timeline=entries(fact)), told=frozenset({1} if told else ())
    )
    text = answer(registry.COMMANDS["strike"].action.handle(asked))
    assert "removed from the timeline, for good" in text
    assert ("I am editing my messages" in text) is reached
    assert text.count("• ") == len(out_of_reach) + len(ALWAYS)
    for words in (*out_of_reach, *ALWAYS):
        assert words in text


def shown(fact: facts.Fact) -> Shown:
    entry = Entry(1, fact)
    return Shown(entry, entry)


CANVAS = "https://example.slack.com/docs/T1/F1"


@pytest.mark.parametrize(
    ("address", "expected"),
    [(CANVAS, f"<{CANVAS}|the canvas of the postmortem>"), ("", "the canvas of the postmortem")],
)
def test_whoever_removes_words_is_told_that_they_stand_in_the_canvas_of_the_postmortem(
    address: str, expected: str
) -> None:
    section = PostmortemSection.SUMMARY
    written = facts.PostmortemSectionWritten(at=NOW, by=BOB, section=section, text="x", version=1)
    in_canvas = replace(OPEN, postmortem=Postmortem(canvas="F1", canvas_link=address))
    back = "remove them there, or what is taken over from it may bring them back"
    noted = facts.Noted(at=NOW, by=BOB, author=BOB, text="x")
    of_section, of_note = (said(removed(shown(each), in_canvas, is_known=True)) for each in (written, noted))
    assert f"• the section “Summary” in {expected}: {back}" in of_section
    assert f"• {expected}, if somebody has quoted them there: {back}" in of_note
    assert "publish it again" not in of_note


def test_whoever_removes_words_is_told_of_the_published_postmortem() -> None:
    published = replace(OPEN, postmortem=Postmortem(published=1))
    fact = facts.Noted(at=NOW, by=BOB, author=BOB, text="x")
    told = said(removed(shown(fact), published, is_known=True))
    assert "• the published postmortem, as a file and as a canvas: publish it again" in told
    assert "canvas of the postmortem" not in told
