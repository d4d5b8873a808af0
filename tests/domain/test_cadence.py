"""Promises: regular updates and a commander soon. Who is reminded, when, and what ends it."""

from datetime import datetime

import pytest

from bot.domain import rules
from bot.domain.cadence import Nudge, Promise, Rung, audience, due, due_at, kept_by, next_look, promised_at
from bot.domain.events import Fact, Noted
from bot.domain.incident import Incident
from bot.domain.policy import Policy
from bot.domain.vocabulary import Role, Severity, Status
from tests.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    NOW,
    after,
    declared,
    fact,
    later,
    minutes,
    resolved,
    with_role,
)

COMMANDED = declared(commander=BOB)  # SEV1: an update every 15 minutes, escalation after 5 and 10


def update_nudge(slot: datetime, rung: Rung) -> Nudge:
    return Nudge(Promise.UPDATE, slot, rung)


def test_the_promise_is_the_policys_cadence(policy: Policy) -> None:
    assert promised_at(COMMANDED, policy) == later(15)
    assert promised_at(declared(severity=Severity.SEV3), policy) == later(120)


@pytest.mark.parametrize(("rung", "after_slot"), [(Rung.ROOM, 0), (Rung.HOLDERS, 5), (Rung.CHANNEL, 10)])
def test_a_nudge_is_due_later_the_higher_its_rung_is(policy: Policy, rung: Rung, after_slot: int) -> None:
    moment = due_at(update_nudge(later(15), rung), policy)
    assert moment == later(15 + after_slot)
    assert update_nudge(later(15), rung) in due(COMMANDED, policy, moment)
    assert update_nudge(later(15), rung) not in due(COMMANDED, policy, moment - minutes(0.1))


def test_nobody_is_reminded_before_the_promise_runs_out(policy: Policy) -> None:
    assert due(COMMANDED, policy, later(14.99)) == ()


@pytest.mark.parametrize(
    ("passed", "rungs"),
    [
        (15, [Rung.ROOM]),
        (19.9, [Rung.ROOM]),
        (20, [Rung.HOLDERS]),
        (24.9, [Rung.HOLDERS]),
        (25, [Rung.HOLDERS, Rung.CHANNEL]),
        (29.9, [Rung.HOLDERS, Rung.CHANNEL]),
    ],
)
def test_a_broken_promise_climbs_the_ladder(policy: Policy, passed: float, rungs: list[Rung]) -> None:
    expected = tuple(update_nudge(later(15), rung) for rung in rungs)
    assert due(COMMANDED, policy, later(passed)) == expected


def test_slots_that_nobody_saw_collapse_into_the_latest(policy: Policy) -> None:
    asleep = later(15 * 8 + 3)
    assert due(COMMANDED, policy, asleep) == (update_nudge(later(15 * 8), Rung.ROOM),)


def test_the_next_promise_runs_from_the_update(policy: Policy) -> None:
    incident = after(COMMANDED, rules.post_update(COMMANDED, "Half fail", by=BOB, now=later(22)))
    assert due(incident, policy, later(22)) == ()
    assert due(incident, policy, later(37)) == (update_nudge(later(37), Rung.ROOM),)


def test_a_snooze_buys_its_time_and_no_more(policy: Policy) -> None:
    incident = after(COMMANDED, rules.snooze(COMMANDED, policy.snooze, by=BOB, now=later(16)))
    assert promised_at(incident, policy) == later(26)
    assert due(incident, policy, later(25.9)) == ()
    assert due(incident, policy, later(26)) == (update_nudge(later(26), Rung.ROOM),)


def test_a_snooze_never_brings_a_reminder_forward(policy: Policy) -> None:
    incident = after(COMMANDED, rules.snooze(COMMANDED, policy.snooze, by=BOB, now=later(1)))
    assert promised_at(incident, policy) == later(15)


def test_without_a_commander_somebody_is_asked_to_take_command(policy: Policy) -> None:
    assert due(declared(), policy, later(1.9)) == ()
    assert due(declared(), policy, later(2)) == (Nudge(Promise.COMMANDER, later(2), Rung.ROOM),)
    assert due(COMMANDED, policy, later(2)) == ()


def test_two_broken_promises_are_two_reminders(policy: Policy) -> None:
    promises = {nudge.promise for nudge in due(declared(), policy, later(15))}
    assert promises == {Promise.UPDATE, Promise.COMMANDER}


def test_nothing_is_promised_of_what_is_over(policy: Policy) -> None:
    assert due(resolved(), policy, later(600)) == ()
    assert next_look(resolved(), policy, later(600)) is None


def test_a_reopened_incident_is_given_time_to_find_a_commander(policy: Policy) -> None:
    incident = resolved(at=later(1))  # before anybody took command
    incident = after(incident, rules.reopen(incident, "errors are back", by=BOB, now=later(600)))
    assert due(incident, policy, later(600)) == ()
    assert due(incident, policy, later(602)) == (Nudge(Promise.COMMANDER, later(602), Rung.ROOM),)


@pytest.mark.parametrize(
    ("incident", "now", "look"),
    [
        (declared(), NOW, later(2)),
        (declared(), later(2), later(7)),
        (declared(), later(7), later(12)),
        (COMMANDED, NOW, later(15)),
        (COMMANDED, later(15), later(20)),
        (COMMANDED, later(20), later(25)),
        (COMMANDED, later(25), later(30)),
        (COMMANDED, later(15 * 8 + 3), later(15 * 8 + 5)),
    ],
)
def test_the_next_look_is_the_next_moment_at_which_something_is_new(
    policy: Policy, incident: Incident, now: datetime, look: datetime
) -> None:
    assert next_look(incident, policy, now) == look
    assert due(incident, policy, look) != due(incident, policy, now)


def test_first_the_commander_is_called() -> None:
    assert audience(COMMANDED, Rung.ROOM) == (BOB,)


def test_where_nobody_commands_the_deputy_is_called_and_where_there_is_none_the_declarer() -> None:
    assert audience(with_role(declared(), Role.DEPUTY, CAROL), Rung.ROOM) == (CAROL,)
    assert audience(declared(), Rung.ROOM) == (ALICE,)


def test_then_the_deputy_is_called_too() -> None:
    assert audience(with_role(COMMANDED, Role.DEPUTY, CAROL), Rung.HOLDERS) == (BOB, CAROL)


def test_where_the_deputy_was_called_in_vain_or_there_is_none_everybody_is() -> None:
    headless = with_role(with_role(declared(), Role.DEPUTY, CAROL), Role.SCRIBE, DAVE)
    assert audience(headless, Rung.HOLDERS) == (CAROL, DAVE, ALICE)
    assert audience(COMMANDED, Rung.HOLDERS) == (BOB, ALICE)


def test_of_a_private_incident_the_last_rung_calls_its_own_people() -> None:
    incident = with_role(declared(private=True, commander=BOB), Role.DEPUTY, CAROL)
    assert audience(incident, Rung.CHANNEL) == (BOB, CAROL, ALICE)


BOTH = frozenset(Promise)
UPDATE = frozenset({Promise.UPDATE})
COMMANDER = frozenset({Promise.COMMANDER})
NEITHER: frozenset[Promise] = frozenset()


@pytest.mark.parametrize(
    ("happened", "promises"),
    [
        (fact(rules.post_update(COMMANDED, "Half fail", by=BOB, now=NOW)), UPDATE),
        (fact(rules.no_change(COMMANDED, by=BOB, now=NOW)), UPDATE),
        (fact(rules.snooze(COMMANDED, minutes(10), by=BOB, now=NOW)), UPDATE),
        (fact(rules.change_severity(COMMANDED, Severity.SEV2, by=BOB, now=NOW)), UPDATE),
        (fact(rules.take_command(declared(), by=BOB, now=NOW)), COMMANDER),
        (fact(rules.assign(COMMANDED, Role.SCRIBE, BOB, by=BOB, now=NOW)), NEITHER),
        (fact(rules.change_status(COMMANDED, Status.MITIGATED, by=BOB, now=NOW)), NEITHER),
        (fact(rules.resolve(COMMANDED, by=BOB, now=NOW)), BOTH),
        (Noted(at=NOW, by=BOB, author=BOB, text="Errors began"), NEITHER),
    ],
)
def test_a_fact_answers_the_reminders_of_the_promises_that_it_keeps(
    happened: Fact, promises: frozenset[Promise]
) -> None:
    assert kept_by(happened) == promises
