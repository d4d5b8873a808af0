"""Titles and summaries are corrected, and the old ones can hold a secret."""

import pytest

from bot.incident.domain import rules
from bot.incident.domain.corrections import REMOVED, find, redactions
from bot.incident.domain.effects import Announce, Effect, RenameRoom, SetTopic, ShowCard
from bot.incident.domain.facts import Declared, Fact, Renamed
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.react import react
from bot.incident.domain.timeline import Entry
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    decided,
    declared,
    fact,
    refused,
    resolved,
)


def renamed(incident: Incident, title: str = "Payments fail", summary: str | None = None) -> Fact:
    return fact(rules.rename(incident, title, summary=summary, by=BOB, now=NOW))


def shown(happened: Fact, incident: Incident) -> tuple[Effect, ...]:
    return react(Entry(7, happened), fold([*_history(incident), happened]))


def _history(incident: Incident) -> list[Fact]:
    return [
        Declared(
            at=NOW,
            by=ALICE,
            number=42,
            title=incident.title,
            severity=incident.severity,
            private=incident.private,
        )
    ]


def test_a_new_title_keeps_the_summary_and_says_the_old_one() -> None:
    before = declared(summary="Since noon")
    happened = renamed(before, "  Payments \n fail ")
    assert happened == Renamed(
        at=NOW,
        by=BOB,
        title="Payments fail",
        old_title="Checkout is failing",
        summary="Since noon",
        old_summary="Since noon",
    )
    assert sentence(happened) == (
        f"Title changed from “Checkout is failing” to “Payments fail” (by <@{BOB}>)"
    )
    now = after(before, (happened,))
    assert (now.title, now.summary) == ("Payments fail", "Since noon")


def test_the_summary_can_be_corrected_alone_or_taken_out() -> None:
    before = declared(summary="Since noon")
    assert (
        sentence(renamed(before, before.title, "Since ten")) == f"Summary changed to: Since ten (by <@{BOB}>)"
    )
    assert sentence(renamed(before, before.title, " ")) == f"Summary taken out (by <@{BOB}>)"
    both = renamed(before, "Payments fail", "Since ten")
    assert sentence(both).endswith(f"“Payments fail”, and the summary changed to: Since ten (by <@{BOB}>)")


def test_channel_topic_card_and_announcement_follow_and_nothing_is_posted() -> None:
    happened = renamed(declared())
    assert shown(happened, declared()) == (RenameRoom(7), SetTopic(), ShowCard(), Announce())
    assert Announce() not in shown(happened, declared(private=True))
    assert shown(renamed(declared(), "Checkout is failing", "Since ten"), declared()) == (
        ShowCard(),
        Announce(),
    )


def test_a_closed_incident_takes_a_better_title_for_its_review() -> None:
    assert after(resolved(), (renamed(resolved()),)).title == "Payments fail"


@pytest.mark.parametrize(
    ("title", "summary", "why", "field"),
    [
        ("Checkout  is failing", None, "called already", "title"),
        ("Checkout is failing", "Since noon ", "called already", "title"),
        (" \u200b ", None, "in a few words", "title"),
        ("x" * 151, None, "at most 150 characters and this one has 151", "title"),
        ("Payments fail", "x" * 2501, "at most 2500 fit", "summary"),
    ],
)
def test_what_is_no_correction_is_refused(title: str, summary: str | None, why: str, field: str) -> None:
    no = refused(rules.rename(declared(summary="Since noon"), title, summary=summary, by=BOB, now=NOW))
    assert why in no.message
    assert no.field == field


def entries(*happened: Fact) -> list[Entry]:
    return [Entry(seq, each) for seq, each in enumerate(happened, 1)]


FIRST = Declared(
    at=NOW, by=ALICE, number=42, title="Key k9 leaked", severity=declared().severity, summary="k9 is"
)


def test_a_secret_in_an_old_title_is_removed_and_the_present_title_stays() -> None:
    second = renamed(fold([FIRST]), "A key leaked")
    timeline = entries(FIRST, second)
    first, then = (each.fact for each in redactions(timeline, 1))
    assert first == Declared(
        at=NOW, by=ALICE, number=42, title=REMOVED, severity=FIRST.severity, summary=REMOVED
    )
    assert then == Renamed(
        at=NOW, by=BOB, title="A key leaked", old_title=REMOVED, summary=REMOVED, old_summary=REMOVED
    )
    assert fold([first, then]).title == "A key leaked"
    same = redactions(timeline, 2)
    assert [each.fact for each in same] == [first, then]


def test_another_title_and_what_was_said_of_others_stay() -> None:
    second = renamed(fold([FIRST]), "A key leaked", "Nothing is known")
    third = renamed(fold([FIRST, second]), "A key was stolen")
    kept = [each.fact for each in redactions(entries(FIRST, second, third), 1)]
    assert kept[2] == third
    assert isinstance(kept[1], Renamed)
    assert (kept[1].title, kept[1].summary) == ("A key leaked", "Nothing is known")


def test_the_present_title_must_be_given_up_before_it_can_be_removed() -> None:
    bare = Declared(at=NOW, by=ALICE, number=42, title="Key k9 leaked", severity=FIRST.severity)
    entry = find(entries(bare), 1)
    assert entry
    no = refused(rules.strike(fold([bare]), entry, by=BOB, now=NOW, secret=True))
    assert "`/incident rename <new title>`; then `/incident strike 1 secret`" in no.message
    now = after(fold([bare]), (renamed(fold([bare]), "A key leaked"),))
    assert decided(rules.strike(now, entry, by=BOB, now=NOW, secret=True))
