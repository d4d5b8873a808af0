"""A report changes severity and status with the update, chooses its audiences and promises the next one."""

from dataclasses import replace
from datetime import datetime, time

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.cadence import EscalationStep, due, next_look, promised_at
from bot.incident.domain.effects import Announce, ShowCard, TellChannel, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.quiet_hours import QuietHours
from bot.incident.domain.react import react_all
from bot.incident.domain.rules import Report
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from tests.incident.domain.situations import (
    BOB,
    NOW,
    after,
    decided,
    declared,
    later,
    minutes,
    refused,
    resolved,
    updated,
)

OPEN = declared(commander=BOB)  # SEV1: an update every 15 minutes
MINOR = declared(severity=Severity.SEV3, commander=BOB)  # every 2 hours
SAID = Report(conditions="Half fail")


def posted(incident: Incident, report: Report, policy: Policy, at: datetime = NOW) -> tuple[facts.Fact, ...]:
    return decided(rules.post_report(incident, report, policy, by=BOB, now=at))


def told(incident: Incident, report: Report, policy: Policy) -> tuple[object, ...]:
    """The effects of the report; its first fact is the seventh of the timeline."""
    happened = posted(incident, report, policy)
    return react_all(
        [Entry(seq, each) for seq, each in enumerate(happened, start=7)], after(incident, happened)
    )


def test_a_report_alone_is_an_update(policy: Policy) -> None:
    assert posted(OPEN, SAID, policy) == (facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail"),)


def test_severity_and_status_change_before_the_update_whose_promise_follows_them(policy: Policy) -> None:
    report = replace(SAID, severity=Severity.SEV2, status=Status.MITIGATED, next_by=later(60))
    severity, status, update = posted(OPEN, report, policy)
    assert isinstance(severity, facts.SeverityChanged)
    assert isinstance(status, facts.StatusChanged)
    assert isinstance(update, facts.UpdatePosted)
    assert promised_at(after(OPEN, (severity, status, update)), policy) == later(60)


def test_values_that_stay_are_no_changes(policy: Policy) -> None:
    report = replace(SAID, severity=OPEN.severity, status=OPEN.status)
    assert len(posted(OPEN, report, policy)) == 1


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (Report(conditions=" "), "conditions"),
        (replace(SAID, audiences=()), "audiences"),
        (replace(SAID, audiences=(Audience.PUBLIC,)), "audiences"),
        (replace(SAID, status=Status.REVIEWED), "status"),
        (replace(SAID, next_by=later(16)), "next_in"),
        (replace(SAID, severity=Severity.SEV2, next_by=later(31)), "next_in"),
    ],
)
def test_a_mistake_is_refused_at_its_field_and_nothing_is_changed(
    policy: Policy, report: Report, field: str
) -> None:
    assert refused(rules.post_report(OPEN, report, policy, by=BOB, now=NOW)).field == field


def test_a_promise_that_is_too_late_is_refused_with_the_reason_and_the_way(policy: Policy) -> None:
    no = refused(rules.post_report(OPEN, replace(SAID, next_by=later(30)), policy, by=BOB, now=NOW))
    assert no.message == (
        "At SEV1 and triage, an update is due every 15 min: promise the next one sooner, or change the severity."
    )


@pytest.mark.parametrize("severity", [None, Severity.SEV2])
def test_a_closed_incident_takes_no_report(policy: Policy, severity: Severity | None) -> None:
    over = resolved(OPEN)
    no = refused(rules.post_report(over, replace(SAID, severity=severity), policy, by=BOB, now=NOW))
    assert "INC-42 is resolved" in no.message


def test_the_update_that_ends_the_incident_promises_nothing(policy: Policy) -> None:
    _, update = posted(OPEN, replace(SAID, status=Status.RESOLVED, next_by=later(5)), policy)
    assert isinstance(update, facts.UpdatePosted)
    assert update.next_by is None


def test_an_earlier_promise_is_reminded_of_earlier(policy: Policy) -> None:
    incident = after(MINOR, posted(MINOR, replace(SAID, next_by=later(30)), policy))
    assert promised_at(incident, policy) == later(30)
    assert next_look(incident, policy, NOW) == later(15)


def test_a_promise_shorter_than_the_time_ahead_has_no_reminder_ahead(policy: Policy) -> None:
    incident = after(MINOR, posted(MINOR, replace(SAID, next_by=later(10)), policy))
    assert due(incident, policy, NOW) == ()
    assert next_look(incident, policy, NOW) == later(10)


def test_a_promise_ends_with_the_next_update_and_with_a_change_of_severity(policy: Policy) -> None:
    incident = after(MINOR, posted(MINOR, replace(SAID, next_by=later(30)), policy))
    assert promised_at(updated(incident, at=later(20)), policy) == later(140)
    raised = after(incident, rules.change_severity(incident, Severity.SEV2, by=BOB, now=later(10)))
    assert promised_at(raised, policy) == later(40)


def test_a_status_with_a_shorter_cadence_shortens_the_promise(policy: Policy) -> None:
    mitigated = replace(SAID, status=Status.MITIGATED, next_by=later(25))
    incident = after(OPEN, posted(OPEN, mitigated, policy))
    back = after(incident, rules.change_status(incident, Status.MITIGATING, by=BOB, now=later(5)))
    assert promised_at(back, policy) == later(15)


def test_a_report_with_changes_is_one_message_in_the_room_and_one_in_the_thread(policy: Policy) -> None:
    report = replace(SAID, severity=Severity.SEV2, status=Status.MITIGATED)
    assert told(MINOR, report, policy) == (
        TellRoom(9, also=(7, 8)),
        ShowCard(),
        Announce(),
        TellChannel(9, also=(7, 8)),
    )
    assert TellRoom(9, also=(8, 7)).told == (7, 8, 9)


def test_an_update_for_the_war_room_only_is_not_in_the_thread(policy: Policy) -> None:
    assert told(OPEN, replace(SAID, audiences=(Audience.ROOM,)), policy) == (
        TellRoom(7),
        ShowCard(),
        Announce(),
    )


def test_an_update_for_stakeholders_only_is_not_in_the_room_but_its_changes_are(policy: Policy) -> None:
    report = replace(SAID, status=Status.MITIGATED, audiences=(Audience.STAKEHOLDERS,))
    assert told(OPEN, report, policy) == (TellRoom(7), ShowCard(), Announce(), TellChannel(8, also=(7,)))


def test_a_private_incident_has_no_thread(policy: Policy) -> None:
    report = replace(SAID, audiences=EVERYBODY)
    assert told(declared(private=True), report, policy) == (TellRoom(7), ShowCard())


def test_changes_without_an_update_are_one_message_too(policy: Policy) -> None:
    happened = posted(MINOR, replace(SAID, severity=Severity.SEV1, status=Status.MITIGATED), policy)[:2]
    effects = react_all(
        [Entry(seq, each) for seq, each in enumerate(happened, start=7)], after(MINOR, happened)
    )
    assert [each for each in effects if isinstance(each, TellRoom)] == [
        TellRoom(8, also=(7,)),
        TellChannel(7),
    ]


QUIET = QuietHours(time(22), time(7), "UTC")


def test_in_quiet_hours_nobody_is_reminded_of_a_minor_incident(policy: Policy) -> None:
    quiet = replace(policy, quiet=QUIET)
    late = updated(MINOR, at=later(7 * 60))  # at 21:00, so that the next is due at 23:00
    morning = datetime(2026, 11, 24, 7, tzinfo=NOW.tzinfo)
    assert promised_at(late, policy) == later(9 * 60)
    assert promised_at(late, quiet) == morning
    assert next_look(late, quiet, later(7 * 60)) == morning
    (reminder,) = due(late, quiet, morning)
    assert reminder.rung is EscalationStep.ROOM


def test_a_missing_commander_of_a_minor_incident_waits_for_the_morning_too(policy: Policy) -> None:
    quiet = replace(policy, quiet=QUIET)
    alone = declared(severity=Severity.SEV4)
    night = replace(alone, opened_at=later(9 * 60), promise_from=later(9 * 60))
    assert due(night, quiet, later(10 * 60)) == ()
    assert due(night, policy, later(10 * 60)) != ()


def test_quiet_hours_do_not_apply_to_a_major_incident(policy: Policy) -> None:
    quiet = replace(policy, quiet=QUIET)
    late = updated(OPEN, at=later(9 * 60))
    assert promised_at(late, quiet) == later(9 * 60 + 15)
    assert due(late, quiet, later(9 * 60 + 15)) != ()


def test_a_reminder_ahead_comes_before_quiet_hours_only_if_the_update_is_due_before_them_too(
    policy: Policy,
) -> None:
    quiet = replace(policy, quiet=QUIET)
    late = updated(MINOR, at=later(6 * 60 + 5))  # due at 22:05, with a reminder at 21:50
    assert due(late, quiet, later(7 * 60 + 55)) == ()


def test_a_snooze_needs_a_reason_and_is_allowed_twice_between_two_updates(policy: Policy) -> None:
    no = refused(rules.snooze(OPEN, policy.snooze, by=BOB, now=NOW, reason=" "))
    assert (no.field, no.message) == ("reason", "Say in a few words why there is no update yet.")
    incident = OPEN
    for at in (14, 24):
        incident = after(
            incident, rules.snooze(incident, minutes(10), by=BOB, now=later(at), reason="rolling back")
        )
    no = refused(rules.snooze(incident, minutes(10), by=BOB, now=later(34), reason="rolling back"))
    assert "press No change" in no.message
    again = updated(incident, at=later(35))
    assert decided(rules.snooze(again, minutes(10), by=BOB, now=later(50), reason="rolling back"))


def test_a_reason_that_is_too_long_is_refused(policy: Policy) -> None:
    assert refused(rules.snooze(OPEN, policy.snooze, by=BOB, now=NOW, reason="x" * 2501)).field == "reason"
