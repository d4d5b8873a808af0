"""Messages of the war room after a correction: what counts now, and who corrected it."""

import pytest

from bot.incident.domain import facts
from bot.incident.domain.corrections import timeline
from bot.incident.views import retelling
from bot.incident.views.facts import sentence
from bot.incident.views.replies import answer
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, entries, later
from tests.incident.views.reading import said

NOTE = facts.Noted(at=NOW, by=ALICE, author=ALICE, text="Errors began")
NAMES = {BOB: "Bob <Brown>"}


def told(*more: facts.Fact) -> str:
    """The message about the note after these facts."""
    return said(retelling.again(answer("As before."), timeline(entries(NOTE, *more)), NAMES))


def test_what_was_not_corrected_stays() -> None:
    assert told() == "As before."


def test_a_correction_names_who_made_it() -> None:
    assert told(facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="x")) == (
        "As before.\n:pencil2: corrected by Bob &lt;Brown&gt;"
    )


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (
            facts.EntryStruck(at=NOW, by=BOB, entry=1, why="wrong <room>"),
            ":wastebasket: Note #1 was struck by Bob &lt;Brown&gt;: wrong &lt;room&gt;",
        ),
        (facts.EntryStruck(at=NOW, by=ALICE, entry=1), f":wastebasket: Note #1 was struck by <@{ALICE}>"),
        (
            facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=True),
            ":wastebasket: Bob &lt;Brown&gt; removed the words of this note (#1).",
        ),
    ],
)
def test_a_struck_note_is_not_shown_any_more(fact: facts.EntryStruck, text: str) -> None:
    assert told(fact) == text


def test_of_what_was_told_together_only_what_counts_is_left() -> None:
    other = facts.Noted(at=later(1), by=ALICE, author=ALICE, text="Rolled back")
    strike = facts.EntryStruck(at=NOW, by=BOB, entry=1)
    text = said(retelling.together(timeline(entries(NOTE, other, strike)), declared(), NAMES))
    assert "Rolled back" in text
    assert "Errors began" not in text


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (
            facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Errors rose", when=later(-5)),
            "#1 corrected to <!date^1795442100^{date_short_pretty} {time}|2026-11-23 13:55 UTC>: Errors rose",
        ),
        (facts.EntryCorrected(at=NOW, by=BOB, entry=1, text="Errors rose"), "#1 corrected: Errors rose"),
        (facts.EntryStruck(at=NOW, by=BOB, entry=1, why="wrong room"), "#1 struck: wrong room"),
        (facts.EntryStruck(at=NOW, by=BOB, entry=1, secret=True), "Words of #1 removed"),
        (facts.EntryRestored(at=NOW, by=BOB, entry=1), "#1 put back"),
    ],
)
def test_the_audit_says_what_was_done_and_by_whom(fact: facts.Fact, text: str) -> None:
    assert sentence(fact) == f"{text} (by <@{BOB}>)"
