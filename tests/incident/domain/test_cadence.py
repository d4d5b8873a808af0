"""Promises: regular updates, and a commander soon. Who is reminded, when, and what ends a reminder."""

from datetime import datetime

import pytest

from bot.incident.domain import rules
from bot.incident.domain.cadence import (
    EscalationStep,
    Promise,
    ScheduledReminder,
    audience,
    due,
    needs_new_message,
    next_look,
    promised_at,
    promises_due,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Severity, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    NOW,
    after,
    declared,
    later,
    minutes,
    resolved,
    updated,
    with_role,
)

COMMANDED = declared(
    commander=BOB
)  # SEV1: an update every 15 minutes, with a reminder 3 minutes before it is due


def update(slot: float, rung: EscalationStep = EscalationStep.ROOM) -> ScheduledReminder:
    return ScheduledReminder(Promise.UPDATE, later(slot), rung)


def commander(slot: float, rung: EscalationStep = EscalationStep.ROOM) -> ScheduledReminder:
    return ScheduledReminder(Promise.COMMANDER, later(slot), rung)


def with_status(incident: Incident, status: Status, at: float) -> Incident:
    return after(incident, rules.change_status(incident, status, by=BOB, now=later(at)))


def test_the_promise_is_the_policys_cadence(policy: Policy) -> None:
    assert promised_at(COMMANDED, policy) == later(15)
    assert promised_at(declared(severity=Severity.SEV3), policy) == later(120)


def test_once_mitigated_the_cadence_is_longer(policy: Policy) -> None:
    incident = with_status(updated(COMMANDED, at=later(10)), Status.MITIGATED, 20)
    assert promised_at(incident, policy) == later(10 + 30)
    again = with_status(incident, Status.MITIGATING, 30)
    assert promised_at(again, policy) == later(10 + 15)


def test_there_is_no_reminder_long_before_the_update_is_due(policy: Policy) -> None:
    assert due(COMMANDED, policy, later(11.99)) == ()


@pytest.mark.parametrize(
    ("severity", "ahead"), [(Severity.SEV1, 3), (Severity.SEV2, 5), (Severity.SEV3, 15), (Severity.SEV4, 30)]
)
def test_the_commander_is_reminded_before_the_update_is_due(
    policy: Policy, severity: Severity, ahead: float
) -> None:
    incident = declared(severity=severity, commander=BOB)
    promised = promised_at(incident, policy)
    assert next_look(incident, policy, NOW) == promised - minutes(ahead)
    (nudge,) = due(incident, policy, promised - minutes(ahead))
    assert nudge.rung is EscalationStep.ROOM


@pytest.mark.parametrize(
    ("passed", "nudges"),
    [
        (12, [update(12)]),
        (14.9, [update(12)]),
        (15, [update(15)]),
        (19.9, [update(15)]),
        (20, [update(20, EscalationStep.HOLDERS)]),
        (24.9, [update(20, EscalationStep.HOLDERS)]),
        (25, [update(20, EscalationStep.HOLDERS), update(25, EscalationStep.CHANNEL)]),
        (39.9, [update(20, EscalationStep.HOLDERS), update(25, EscalationStep.CHANNEL)]),
        (40, [update(40, EscalationStep.AGAIN), update(25, EscalationStep.CHANNEL)]),
        (69.9, [update(40, EscalationStep.AGAIN), update(25, EscalationStep.CHANNEL)]),
        (70, [update(70, EscalationStep.AGAIN), update(25, EscalationStep.CHANNEL)]),
    ],
)
def test_reminders_of_a_late_update_escalate_and_then_back_off(
    policy: Policy, passed: float, nudges: list[ScheduledReminder]
) -> None:
    assert list(due(COMMANDED, policy, later(passed))) == nudges


def test_the_gaps_double_up_to_a_day(policy: Policy) -> None:
    now = later(25)
    slots: list[datetime] = []
    while len(slots) < 11:
        now = next_look(COMMANDED, policy, now) or NOW
        slots.append(now)
    gaps = [(end - start) / minutes(1) for start, end in zip([later(25), *slots], slots, strict=False)]
    assert gaps == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440, 1440]


def test_reminders_are_never_more_frequent_than_the_cadence(policy: Policy) -> None:
    incident = with_status(declared(severity=Severity.SEV4, commander=BOB), Status.MITIGATED, 0)
    last = promised_at(incident, policy) + policy.broadcast_after
    first = next_look(incident, policy, last)
    assert first is not None
    assert (first - last, (next_look(incident, policy, first) or NOW) - first) == (minutes(2880),) * 2


def test_missed_steps_are_replaced_by_the_latest(policy: Policy) -> None:
    assert due(COMMANDED, policy, later(129)) == (
        update(70, EscalationStep.AGAIN),
        update(25, EscalationStep.CHANNEL),
    )


def test_the_next_promise_starts_at_the_update(policy: Policy) -> None:
    incident = updated(COMMANDED, at=later(22))
    assert due(incident, policy, later(22)) == ()
    assert due(incident, policy, later(34)) == (update(34),)
    assert due(incident, policy, later(37)) == (update(37),)


def test_a_snooze_delays_the_reminder_by_its_length_only(policy: Policy) -> None:
    incident = after(
        COMMANDED, rules.snooze(COMMANDED, policy.snooze, by=BOB, now=later(16), reason="rolling back")
    )
    assert promised_at(incident, policy) == later(26)
    assert due(incident, policy, later(25.9)) == ()
    assert due(incident, policy, later(26)) == (update(26),)


def test_a_snooze_never_makes_a_reminder_earlier(policy: Policy) -> None:
    incident = after(
        COMMANDED, rules.snooze(COMMANDED, policy.snooze, by=BOB, now=later(1), reason="rolling back")
    )
    assert promised_at(incident, policy) == later(15)
    assert due(incident, policy, later(11)) == ()
    assert due(incident, policy, later(12)) == (update(12),)


def test_a_snooze_that_ends_just_before_the_due_time_delays_the_reminder(policy: Policy) -> None:
    incident = after(
        COMMANDED, rules.snooze(COMMANDED, policy.snooze, by=BOB, now=later(3), reason="rolling back")
    )
    assert due(incident, policy, later(14)) == ()
    assert due(incident, policy, later(15)) == (update(15),)


def test_without_a_commander_somebody_is_asked_to_take_command(policy: Policy) -> None:
    assert due(declared(), policy, later(1.9)) == ()
    assert due(declared(), policy, later(2)) == (commander(2),)
    assert due(COMMANDED, policy, later(2)) == ()


@pytest.mark.parametrize(("severity", "told"), [(Severity.SEV1, 5), (Severity.SEV2, 12)])
def test_a_worse_severity_tells_the_channel_sooner_that_nobody_commands(
    policy: Policy, severity: Severity, told: float
) -> None:
    incident = declared(severity=severity)
    assert commander(told, EscalationStep.CHANNEL) in due(incident, policy, later(told))
    assert commander(told, EscalationStep.CHANNEL) not in due(incident, policy, later(told - 0.1))


def test_while_updates_come_the_missing_commander_is_asked_for_repeatedly(policy: Policy) -> None:
    incident = updated(declared(), at=later(12))
    assert commander(22, EscalationStep.AGAIN) in due(incident, policy, later(22))
    incident = updated(incident, at=later(40))
    assert commander(52, EscalationStep.AGAIN) in due(incident, policy, later(52))


def test_while_an_update_is_late_too_one_escalation_covers_both(policy: Policy) -> None:
    rungs = [
        nudge for nudge in due(declared(), policy, later(39)) if nudge.rung is not EscalationStep.CHANNEL
    ]
    assert rungs == [update(20, EscalationStep.HOLDERS)]
    assert due(declared(), policy, later(40))[0] == update(40, EscalationStep.AGAIN)


def test_one_reminder_names_everything_that_is_late(policy: Policy) -> None:
    assert promises_due(declared(), policy, later(1)) == frozenset()
    assert promises_due(declared(), policy, later(11)) == {Promise.COMMANDER}
    assert promises_due(declared(), policy, later(12)) == {Promise.COMMANDER, Promise.UPDATE}
    assert promises_due(COMMANDED, policy, later(12)) == {Promise.UPDATE}


def test_the_channel_is_told_only_of_what_has_escalated_to_it(policy: Policy) -> None:
    assert promises_due(declared(), policy, later(4), in_channel=True) == frozenset()
    assert promises_due(declared(), policy, later(24), in_channel=True) == {Promise.COMMANDER}
    assert promises_due(declared(), policy, later(25), in_channel=True) == set(Promise)


def test_a_closed_incident_promises_nothing(policy: Policy) -> None:
    assert due(resolved(), policy, later(600)) == ()
    assert next_look(resolved(), policy, later(600)) is None


def test_a_reopened_incident_is_given_time_to_find_a_commander(policy: Policy) -> None:
    incident = resolved(at=later(1))  # before anybody took command
    incident = after(incident, rules.reopen(incident, "errors are back", by=BOB, now=later(600)))
    assert due(incident, policy, later(600)) == ()
    assert due(incident, policy, later(602)) == (commander(602),)


@pytest.mark.parametrize(
    ("incident", "now", "look"),
    [
        (declared(), NOW, later(2)),
        (declared(), later(2), later(5)),
        (declared(), later(5), later(7)),
        (declared(), later(7), later(12)),
        (COMMANDED, NOW, later(12)),
        (COMMANDED, later(12), later(15)),
        (COMMANDED, later(15), later(20)),
        (COMMANDED, later(20), later(25)),
        (COMMANDED, later(25), later(40)),
        (COMMANDED, later(129), later(130)),
    ],
)
def test_the_next_look_is_the_next_time_at_which_something_is_due(
    policy: Policy, incident: Incident, now: datetime, look: datetime
) -> None:
    assert next_look(incident, policy, now) == look
    assert due(incident, policy, look) != due(incident, policy, now)


def test_the_commander_is_mentioned_first() -> None:
    assert audience(COMMANDED, EscalationStep.ROOM) == (BOB,)


def test_without_a_commander_the_deputy_is_mentioned_or_otherwise_the_declarer() -> None:
    assert audience(with_role(declared(), Role.DEPUTY, CAROL), EscalationStep.ROOM) == (CAROL,)
    assert audience(declared(), EscalationStep.ROOM) == (ALICE,)


def test_then_the_deputy_is_mentioned_too() -> None:
    assert audience(with_role(COMMANDED, Role.DEPUTY, CAROL), EscalationStep.HOLDERS) == (BOB, CAROL)


def test_everybody_is_mentioned_if_the_deputy_did_not_react_or_there_is_none() -> None:
    no_commander = with_role(with_role(declared(), Role.DEPUTY, CAROL), Role.SCRIBE, DAVE)
    assert audience(no_commander, EscalationStep.HOLDERS) == (CAROL, DAVE, ALICE)
    assert audience(COMMANDED, EscalationStep.HOLDERS) == (BOB, ALICE)


def test_the_last_step_of_a_private_incident_mentions_its_participants() -> None:
    incident = with_role(declared(private=True, commander=BOB), Role.DEPUTY, CAROL)
    assert audience(incident, EscalationStep.CHANNEL) == (BOB, CAROL, ALICE)


@pytest.mark.parametrize(
    ("nudge", "standing"),
    [
        (update(20, EscalationStep.HOLDERS), update(15)),  # others are mentioned now
        (update(40, EscalationStep.AGAIN), update(20, EscalationStep.HOLDERS)),
        (update(70, EscalationStep.AGAIN), update(40, EscalationStep.AGAIN)),
        (update(12), commander(2)),
        (update(25, EscalationStep.CHANNEL), commander(5, EscalationStep.CHANNEL)),
    ],
)
def test_a_step_that_mentions_somebody_new_is_a_new_message(
    nudge: ScheduledReminder, standing: ScheduledReminder
) -> None:
    assert needs_new_message(COMMANDED, nudge, standing)


def test_a_step_that_mentions_the_same_people_again_only_edits() -> None:
    assert not needs_new_message(COMMANDED, update(15), update(12))


def test_a_step_with_nobody_else_to_mention_only_edits() -> None:
    assert not needs_new_message(declared(), update(20, EscalationStep.HOLDERS), update(15))
