"""What seems to have been forgotten: when people are asked, when not, and what settles it."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.actor import machine
from bot.incident.domain import facts, rules
from bot.incident.domain.cadence import promised_at, promises_due
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.nudges import SOON, Nudge, is_forgotten, nudges_and_next_look, raised
from bot.incident.domain.policy import NudgeSetting, Policy
from bot.incident.domain.quiet_hours import QuietHours, after_quiet
from bot.incident.domain.roles import Roles
from bot.incident.domain.vocabulary import Role, RoleEndReason, Severity, Status
from bot.incident.settings_nudges import DEFAULT_NUDGES
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    minutes,
    refused,
    resolved,
    updated,
    with_role,
)

COMMANDED = declared(commander=BOB)  # SEV1
WITH_SCRIBE = with_role(COMMANDED, Role.SCRIBE, CAROL)
ASSUMED = replace(
    COMMANDED, attention=replace(COMMANDED.attention, severity_assumed=True)
)  # nobody has chosen the severity
SEV3 = declared(severity=Severity.SEV3, commander=BOB)
QUIET = QuietHours(time(22), time(7), "UTC")


@pytest.fixture
def calm(policy: Policy) -> Policy:
    """The policy, with promises that are due in days only."""
    levels = {
        severity: replace(level, cadence=timedelta(days=9), cadence_mitigated=timedelta(days=9))
        for severity, level in policy.levels.items()
    }
    return replace(policy, levels=levels)


def asked(incident: Incident, policy: Policy, at: float) -> list[NudgeKind]:
    """What may be asked so many minutes after the declaration."""
    return [nudge.kind for nudge in nudges_and_next_look(incident, policy, later(at))[0]]


def next_look(incident: Incident, policy: Policy, at: float) -> datetime | None:
    return nudges_and_next_look(incident, policy, later(at))[1]


def mitigated(incident: Incident, at: float) -> Incident:
    return after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(at)))


def test_a_severity_that_nobody_chose_is_asked_for_after_ten_minutes(calm: Policy) -> None:
    assert asked(ASSUMED, calm, 9) == []
    assert next_look(ASSUMED, calm, 9) == later(10)
    assert asked(ASSUMED, calm, 10) == [NudgeKind.SEVERITY]


@pytest.mark.parametrize("new", [Severity.SEV1, Severity.SEV2])
def test_a_severity_that_is_changed_or_confirmed_is_not_asked_for(calm: Policy, new: Severity) -> None:
    chosen = after(ASSUMED, rules.change_severity(ASSUMED, new, by=BOB, now=later(1)))
    assert NudgeKind.SEVERITY not in asked(chosen, calm, 12)
    assert not chosen.attention.severity_assumed


def test_to_keep_the_severity_confirms_it_once(calm: Policy) -> None:
    decision = rules.keep_severity(ASSUMED, Severity.SEV1, by=BOB, now=later(10))
    kept = after(ASSUMED, decision)
    assert asked(kept, calm, 10) == []
    assert "INC-42 is SEV1" in refused(rules.keep_severity(kept, Severity.SEV1, by=BOB, now=NOW)).message
    assert "INC-42 is SEV1" in refused(rules.keep_severity(ASSUMED, Severity.SEV2, by=BOB, now=NOW)).message
    assert (
        "is resolved"
        in refused(rules.keep_severity(resolved(ASSUMED), Severity.SEV1, by=BOB, now=NOW)).message
    )


def test_whoever_writes_an_update_is_not_asked_for_the_severity_any_more(calm: Policy) -> None:
    assert asked(updated(ASSUMED, at=later(5)), calm, 12) == []


def test_a_form_whose_severity_stays_as_proposed_assumes_it() -> None:
    decision = rules.declare(
        number=1, title="It fails", severity=Severity.SEV2, by=ALICE, now=NOW, severity_assumed=True
    )
    assert isinstance(decision, tuple)
    assert evolve(None, decision[0]).attention.severity_assumed
    assert not declared().attention.severity_assumed


def test_sev1_without_a_scribe_is_asked_about(calm: Policy) -> None:
    assert asked(COMMANDED, calm, 14) == []
    assert asked(COMMANDED, calm, 15) == [NudgeKind.SCRIBE]
    assert asked(WITH_SCRIBE, calm, 15) == []
    assert asked(SEV3, calm, 15) == []


def test_a_team_without_scribes_is_not_asked_for_one(calm: Policy) -> None:
    roles = Roles(tuple(role for role in calm.roles.all if role.key != Role.SCRIBE))
    assert asked(COMMANDED, replace(calm, roles=roles), 15) == []


def test_a_scribe_who_is_gone_is_missed_from_then_on(calm: Policy) -> None:
    decision = rules.end_roles(WITH_SCRIBE, CAROL, RoleEndReason.LEFT, now=later(20))
    left = after(WITH_SCRIBE, decision)
    assert NudgeKind.SCRIBE not in asked(left, calm, 34)
    assert NudgeKind.SCRIBE in asked(left, calm, 35)


def test_the_time_without_a_scribe_begins_with_the_severity(calm: Policy) -> None:
    worse = after(SEV3, rules.change_severity(SEV3, Severity.SEV1, by=BOB, now=later(60)))
    assert next_look(worse, calm, 60) == later(75)


def test_the_button_makes_nobody_lose_the_scribes_role() -> None:
    made = after(COMMANDED, rules.become_scribe(COMMANDED, by=CAROL, now=NOW))
    assert made.holder(Role.SCRIBE) == CAROL
    assert (
        f"<@{CAROL}> is Scribe of INC-42 already"
        in refused(rules.become_scribe(made, by=BOB, now=NOW)).message
    )
    assert "already Scribe" in refused(rules.become_scribe(made, by=CAROL, now=NOW)).message
    assert "is resolved" in refused(rules.become_scribe(resolved(made), by=BOB, now=NOW)).message


def test_half_an_hour_without_anything_on_the_timeline_is_silence(calm: Policy) -> None:
    assert asked(WITH_SCRIBE, calm, 29) == []
    assert asked(WITH_SCRIBE, calm, 30) == [NudgeKind.SILENCE]
    noted = after(WITH_SCRIBE, rules.note(WITH_SCRIBE, "Errors", by=CAROL, now=later(20)))
    assert asked(noted, calm, 30) == []
    assert next_look(noted, calm, 30) == later(50)


def test_answering_reminders_with_no_change_does_not_end_the_silence(policy: Policy) -> None:
    """With the shipped policy: whoever posts updates in time, or not at all, is not asked for notes besides."""
    incident = updated(declared(severity=Severity.SEV2, commander=BOB), at=later(1))
    incident = after(incident, rules.no_change(incident, by=BOB, now=later(27)))
    assert asked(incident, policy, 30) == []
    assert asked(incident, policy, 31) == [NudgeKind.SILENCE]
    declined = after(
        incident, rules.decline_nudge(incident, NudgeKind.SILENCE, "We wait", by=BOB, now=later(32))
    )
    again = after(declined, rules.no_change(declined, by=BOB, now=later(53)))
    assert asked(again, policy, 70) == []
    noted = after(again, rules.note(again, "The vendor answers", by=CAROL, now=later(60)))
    calls = after(noted, rules.no_change(noted, by=BOB, now=later(80)))
    assert asked(calls, policy, 90) == [NudgeKind.SILENCE]


def test_a_note_about_something_earlier_ends_the_silence_too(calm: Policy) -> None:
    noted = after(WITH_SCRIBE, rules.note(WITH_SCRIBE, "Errors", by=CAROL, now=later(29), at=later(2)))
    assert asked(noted, calm, 40) == []


def test_what_a_machine_records_is_no_sign_of_life(calm: Policy) -> None:
    by_machine = evolve(
        WITH_SCRIBE,
        facts.Noted(at=later(20), by=machine("Alertmanager"), text="firing", author="", app="Alertmanager"),
    )
    assert asked(by_machine, calm, 30) == [NudgeKind.SILENCE]


def test_four_hours_after_it_was_mitigated_somebody_asks_whether_it_is_over(calm: Policy) -> None:
    incident = mitigated(COMMANDED, 10)
    assert asked(incident, calm, 249) == []
    assert asked(incident, calm, 250) == [NudgeKind.MITIGATED]


def test_a_day_without_any_sign_of_life_is_forgotten(calm: Policy) -> None:
    assert asked(SEV3, calm, 24 * 60 - 1) == []
    assert asked(SEV3, calm, 24 * 60) == [NudgeKind.FORGOTTEN]
    assert is_forgotten(SEV3, calm, later(24 * 60))
    assert not is_forgotten(COMMANDED, calm, later(24 * 60))


def test_the_most_important_question_comes_first(calm: Policy) -> None:
    assert asked(ASSUMED, calm, 30) == [NudgeKind.SEVERITY, NudgeKind.SCRIBE, NudgeKind.SILENCE]


def test_a_reason_why_not_settles_it_until_things_change(calm: Policy) -> None:
    decision = rules.decline_nudge(COMMANDED, NudgeKind.SCRIBE, " Two of us ", by=BOB, now=later(15))
    settled = after(COMMANDED, decision)
    assert NudgeKind.SCRIBE not in asked(settled, calm, 200)
    again = after(settled, rules.change_severity(settled, Severity.SEV2, by=BOB, now=later(210)))
    again = after(again, rules.change_severity(again, Severity.SEV1, by=BOB, now=later(220)))
    assert NudgeKind.SCRIBE in asked(again, calm, 235)


def test_a_reason_for_silence_counts_until_somebody_does_something(calm: Policy) -> None:
    decision = rules.decline_nudge(WITH_SCRIBE, NudgeKind.SILENCE, "We wait", by=BOB, now=later(30))
    settled = after(WITH_SCRIBE, decision)
    assert asked(settled, calm, 300) == []
    noted = after(settled, rules.note(settled, "The vendor answers", by=CAROL, now=later(300)))
    assert asked(noted, calm, 330) == [NudgeKind.SILENCE]


def test_another_status_and_another_scribe_open_the_questions_again(calm: Policy) -> None:
    settled = after(COMMANDED, rules.decline_nudge(COMMANDED, NudgeKind.SCRIBE, "No", by=BOB, now=NOW))
    had_one = with_role(settled, Role.SCRIBE, CAROL)
    assert had_one.attention.declined == ()
    incident = mitigated(COMMANDED, 0)
    incident = after(incident, rules.decline_nudge(incident, NudgeKind.MITIGATED, "No", by=BOB, now=NOW))
    assert asked(incident, calm, 600) == []
    incident = after(incident, rules.change_status(incident, Status.MITIGATING, by=BOB, now=later(600)))
    assert asked(mitigated(incident, 610), calm, 850) == [NudgeKind.MITIGATED]


@pytest.mark.parametrize(
    ("incident", "reason", "told"),
    [
        (COMMANDED, " ", "Say in a few words why not"),
        (COMMANDED, "x" * 301, "at most 300 fit"),
        (WITH_SCRIBE, "No", "answered already in INC-42"),
        (resolved(COMMANDED), "No", "is resolved"),
    ],
)
def test_a_reason_is_needed_and_only_while_the_question_is_open(
    incident: Incident, reason: str, told: str
) -> None:
    decision = rules.decline_nudge(incident, NudgeKind.SCRIBE, reason, by=BOB, now=NOW)
    assert told in refused(decision).message


def test_the_second_reason_is_told_that_there_is_one() -> None:
    settled = after(COMMANDED, rules.decline_nudge(COMMANDED, NudgeKind.SCRIBE, "No", by=BOB, now=NOW))
    decision = rules.decline_nudge(settled, NudgeKind.SCRIBE, "No", by=CAROL, now=NOW)
    assert "answered already" in refused(decision).message


def test_promises_come_first(policy: Policy) -> None:
    """SEV1: an update is due every 15 minutes, with a reminder three minutes before."""
    assert asked(COMMANDED, policy, 15) == []
    fresh = updated(COMMANDED, at=later(16))
    assert asked(fresh, policy, 17) == [NudgeKind.SCRIBE]
    assert asked(fresh, policy, 26) == []  # due in five minutes
    assert asked(declared(), policy, 16) == []  # nobody has command


def test_nothing_is_asked_while_reminders_are_snoozed(calm: Policy) -> None:
    decision = rules.snooze(COMMANDED, minutes(30), by=BOB, now=later(10), reason="rolling back")
    snoozed = after(COMMANDED, decision)
    assert asked(snoozed, calm, 39) == []
    assert next_look(snoozed, calm, 39) == later(40)
    assert NudgeKind.SCRIBE in asked(snoozed, calm, 40)


def test_quiet_hours_hold_for_what_can_wait(calm: Policy) -> None:
    quiet = replace(calm, quiet=QUIET, nudges={NudgeKind.MITIGATED: DEFAULT_NUDGES[NudgeKind.MITIGATED]})
    night = 8 * 60 + 30  # it was declared at 14:00 UTC
    for incident, expected in ((SEV3, []), (COMMANDED, [NudgeKind.MITIGATED])):
        assert asked(mitigated(incident, 4 * 60), quiet, night) == expected
    assert next_look(mitigated(SEV3, 4 * 60), quiet, night) == later(17 * 60)  # 07:00
    assert next_look(mitigated(SEV3, 4 * 60 + 5), quiet, 60 * 7) == later(17 * 60)


def test_a_policy_without_nudges_asks_nothing(calm: Policy) -> None:
    assert nudges_and_next_look(ASSUMED, replace(calm, nudges={}), later(9999)) == ([], None)


def test_a_closed_incident_is_never_asked_about(calm: Policy) -> None:
    assert nudges_and_next_look(resolved(ASSUMED), calm, later(9999)) == ([], None)
    assert raised(resolved(ASSUMED), calm, later(9999)) == frozenset()


steps = st.lists(
    st.tuples(
        st.sampled_from(
            ["note", "update", "snooze", "mitigated", "sev", "scribe", "leave", "decline", "end"]
        ),
        st.integers(0, 400),
    ),
    max_size=8,
)


@settings(derandomize=True, database=None, deadline=None)
@given(steps=steps, severity=st.sampled_from(Severity), quiet=st.booleans(), look=st.integers(0, 3000))
def test_whatever_happens_nudges_come_second_and_the_clock_misses_none(
    policy: Policy,
    steps: list[tuple[str, int]],
    severity: Severity,
    quiet: bool,  # noqa: FBT001  # hypothesis gives it by name
    look: int,
) -> None:
    policy = replace(policy, quiet=QUIET if quiet else None)
    incident, at = declared(severity=severity, commander=BOB), 0
    for what, passing in steps:
        at += passing
        incident = _step(incident, what, later(at))
    now = later(at + look)
    may_ask, ahead = nudges_and_next_look(incident, policy, now)
    assert set(may_ask) <= raised(incident, policy, now)
    if may_ask:
        assert not incident.is_closed
        assert not promises_due(incident, policy, now)
        assert promised_at(incident, policy) > now + SOON
        assert incident.snoozed_until is None or incident.snoozed_until <= now
        assert (
            not quiet
            or severity < Severity.SEV3
            or incident.severity < Severity.SEV3
            or (after_quiet(QUIET, now) == now)
        )
    assert ahead is None or ahead > now
    before = set(nudges_and_next_look(incident, policy, now)[0])
    for minute in range(0, 3000, 97):
        moment = now + minutes(minute)
        if ahead is None or moment < ahead:
            more = set(nudges_and_next_look(incident, policy, moment)[0]) - before
            assert not more, "the clock would not look at it in time"


def _step(incident: Incident, what: str, now: datetime) -> Incident:
    decision = {
        "note": lambda: rules.note(incident, "Errors", by=CAROL, now=now),
        "update": lambda: rules.post_update(incident, "Half fails", by=BOB, now=now),
        "snooze": lambda: rules.snooze(incident, minutes(10), by=BOB, now=now, reason="soon"),
        "mitigated": lambda: rules.change_status(incident, Status.MITIGATED, by=BOB, now=now),
        "sev": lambda: rules.change_severity(incident, Severity.SEV1, by=BOB, now=now),
        "scribe": lambda: rules.become_scribe(incident, by=CAROL, now=now),
        "leave": lambda: rules.leave(incident, by=CAROL, now=now),
        "decline": lambda: rules.decline_nudge(incident, NudgeKind.SCRIBE, "No", by=BOB, now=now),
        "end": lambda: rules.resolve(incident, by=BOB, now=now),
    }[what]()
    return after(incident, decision) if isinstance(decision, tuple) else incident


def test_a_nudge_is_the_same_until_what_it_is_about_begins_anew(calm: Policy) -> None:
    setting = NudgeSetting(minutes(30), frozenset(Severity))
    policy = replace(calm, nudges={NudgeKind.SILENCE: setting})
    assert raised(WITH_SCRIBE, policy, later(30)) == {Nudge(NudgeKind.SILENCE, later(30))}
    assert raised(WITH_SCRIBE, policy, later(300)) == {Nudge(NudgeKind.SILENCE, later(30))}
