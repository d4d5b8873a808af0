"""Updates and notes during an incident, and its end."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.rules import REACH, TEXT_MAX, Decision
from bot.incident.domain.vocabulary import Milestone, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    decided,
    declared,
    fact,
    later,
    minutes,
    refused,
    resolved,
)

TOO_LONG = "x" * (TEXT_MAX + 1)


def test_an_update_has_conditions_actions_and_needs() -> None:
    made = fact(
        rules.post_update(
            declared(), " Half fail ", actions=" Rolling back ", needs=" A DBA ", by=BOB, now=NOW
        )
    )
    assert made == facts.UpdatePosted(
        at=NOW, by=BOB, conditions="Half fail", actions="Rolling back", needs="A DBA"
    )


def test_an_update_needs_conditions() -> None:
    refusal = refused(rules.post_update(declared(), "  ", actions="Rolling back", by=BOB, now=NOW))
    assert refusal.field == "conditions"


@pytest.mark.parametrize("name", ["conditions", "actions", "needs"])
def test_an_update_that_is_too_long_is_refused_at_the_field_that_is_too_long(name: str) -> None:
    texts: dict[str, Any] = {"conditions": "Half fail", name: TOO_LONG}
    refusal = refused(rules.post_update(declared(), by=BOB, now=NOW, **texts))
    assert refusal.field == name
    assert str(TEXT_MAX) in refusal.message


def test_an_update_renews_the_promise_and_ends_a_snooze() -> None:
    incident = declared()
    incident = after(
        incident, rules.snooze(incident, minutes(60), by=BOB, now=later(15), reason="rolling back")
    )
    incident = after(incident, rules.post_update(incident, "Half fail", by=BOB, now=later(20)))
    assert (incident.update, incident.updated_at) == ("Half fail", later(20))
    assert (incident.promise_from, incident.snoozed_until) == (later(20), None)


def test_no_change_renews_the_promise_and_keeps_the_last_update() -> None:
    incident = declared()
    incident = after(incident, rules.post_update(incident, "Half fail", by=BOB, now=later(5)))
    incident = after(incident, rules.no_change(incident, by=BOB, now=later(20)))
    assert (incident.update, incident.updated_at) == ("Half fail", later(20))


def test_no_change_needs_an_earlier_update() -> None:
    assert "post the first one" in refused(rules.no_change(declared(), by=BOB, now=later(5))).message


def test_a_snooze_is_counted_from_the_press() -> None:
    made = fact(rules.snooze(declared(), minutes(10), by=BOB, now=later(16), reason="rolling back"))
    assert made == facts.Snoozed(at=later(16), by=BOB, until=later(26), reason="rolling back")


@pytest.mark.parametrize(
    "decision",
    [
        rules.post_update(resolved(), "Half fail", by=BOB, now=NOW),
        rules.no_change(resolved(), by=BOB, now=NOW),
        rules.snooze(resolved(), minutes(10), by=BOB, now=NOW, reason="rolling back"),
    ],
)
def test_a_closed_incident_accepts_no_updates_and_no_snooze(decision: Decision) -> None:
    assert "INC-42 is resolved" in refused(decision).message


def test_a_note_has_the_present_time_and_its_writer_unless_it_says_otherwise() -> None:
    made = fact(rules.note(declared(), " Errors began ", by=BOB, now=NOW))
    assert made == facts.Noted(at=NOW, by=BOB, text="Errors began", author=BOB)


def test_a_note_from_a_message_keeps_the_messages_time_author_and_link() -> None:
    made = fact(
        rules.note(
            declared(),
            "Errors began",
            by=BOB,
            now=NOW,
            at=later(-7),
            author=ALICE,
            link="https://example.com/p1",
            from_message=True,
        )
    )
    assert isinstance(made, facts.Noted)
    assert (made.at, made.by, made.author) == (later(-7), BOB, ALICE)
    assert (made.link, made.from_message) == ("https://example.com/p1", True)


def test_a_closed_incident_still_accepts_notes() -> None:
    assert decided(rules.note(resolved(), "The alert came late", by=BOB, now=later(600)))


@pytest.mark.parametrize("text", ["", "  \n", TOO_LONG])
def test_a_note_needs_visible_characters(text: str) -> None:
    assert refused(rules.note(declared(), text, by=BOB, now=NOW)).field == "text"


def test_a_note_is_not_in_the_future() -> None:
    assert decided(rules.note(declared(), "Now", by=BOB, now=NOW, at=NOW))
    refusal = refused(rules.note(declared(), "Soon", by=BOB, now=NOW, at=NOW + timedelta(seconds=1)))
    assert refusal.field == "at"


def test_a_note_from_long_before_the_incident_is_refused() -> None:
    assert decided(rules.note(declared(), "Deploy", by=BOB, now=NOW, at=NOW - REACH))
    refusal = refused(
        rules.note(declared(), "Deploy", by=BOB, now=NOW, at=NOW - REACH - timedelta(seconds=1))
    )
    assert refusal.field == "at"
    assert "30 days" in refusal.message


def test_resolving_keeps_the_fix() -> None:
    made = fact(rules.resolve(declared(), by=BOB, now=later(40), summary=" Rolled back 214 "))
    assert made == facts.StatusChanged(
        at=later(40), by=BOB, old=Status.TRIAGE, new=Status.RESOLVED, reason="Rolled back 214"
    )


def test_resolving_may_record_when_it_started_and_when_it_was_detected() -> None:
    told = decided(rules.resolve(declared(), by=BOB, now=later(40), started=later(-20), detected=later(-5)))
    assert told[:-1] == (
        facts.MilestoneSet(at=later(40), by=BOB, milestone=Milestone.STARTED, when=later(-20)),
        facts.MilestoneSet(at=later(40), by=BOB, milestone=Milestone.DETECTED, when=later(-5)),
    )
    incident = after(declared(), told)
    assert incident.milestones[Milestone.STARTED] == later(-20)
    assert incident.is_closed


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"started": later(41)}, "started"),
        ({"detected": later(41)}, "detected"),
        ({"started": later(-5), "detected": later(-20)}, "detected"),
        ({"summary": TOO_LONG}, "summary"),
    ],
)
def test_impossible_times_of_an_incident_are_refused_at_their_field(
    given: dict[str, object], field: str
) -> None:
    decision = rules.resolve(declared(), by=BOB, now=later(40), **given)  # type: ignore[arg-type]  # a table of fields
    assert refused(decision).field == field


def test_impact_cannot_have_started_after_it_was_mitigated() -> None:
    mitigated = after(declared(), rules.change_status(declared(), Status.MITIGATED, by=BOB, now=later(10)))
    decision = rules.resolve(mitigated, by=BOB, now=later(40), started=later(11))
    assert refused(decision).field == "started"
    assert decided(rules.resolve(mitigated, by=BOB, now=later(40), started=later(9)))


def test_a_closed_incident_is_not_resolved_again() -> None:
    assert "INC-42 is resolved" in refused(rules.resolve(resolved(), by=BOB, now=NOW)).message


def test_a_text_that_is_too_long_once_escaped_is_refused() -> None:
    refusal = refused(rules.note(declared(), "&" * 2400, by=BOB, now=NOW))
    assert refusal.field == "text"
    assert "12000 in all, and at most 6000 fit" in refusal.message
    code = "if (a < b && c) {}" * 130
    assert not isinstance(rules.post_update(declared(), code, by=BOB, now=NOW), Refused)
    three = refused(rules.post_update(declared(), code, actions=code, needs=code, by=BOB, now=NOW))
    assert three.field == "conditions"
    assert "at most 9000 fit" in three.message
