"""Reminders: short, correct, addressed to somebody, and answered with one press."""

from datetime import datetime, timedelta

import pytest

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.core.text import clock, clock_and_day, when
from bot.incident.domain import facts, rules
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.views.reminders import (
    ReminderText,
    answered,
    answered_broadcast,
    broadcast,
    reminder,
    replaced,
)
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    later,
    minutes,
    updated,
    with_role,
)
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said

INCIDENT = declared(commander=BOB)
SLOT = later(15)
UPDATE = ScheduledReminder(Promise.UPDATE, SLOT, EscalationStep.ROOM)
COMMANDER = ScheduledReminder(Promise.COMMANDER, later(2), EscalationStep.ROOM)
TEMPLATES = Templates(shipped("templates"))


def written(policy: Policy, incident: Incident = INCIDENT, now: datetime = SLOT) -> ReminderText:
    return ReminderText(incident, policy, TEMPLATES, now)


@pytest.mark.parametrize(
    ("promise", "rung", "passed", "words"),
    [
        (Promise.UPDATE, EscalationStep.ROOM, 12, f"is due in 3 min, at {clock(SLOT)}."),
        (Promise.UPDATE, EscalationStep.ROOM, 12.1, "is due in 3 min,"),
        (Promise.UPDATE, EscalationStep.ROOM, 14.5, "is due in 30 s,"),
        (Promise.UPDATE, EscalationStep.ROOM, 15, f"was due at {clock(SLOT)}."),
        (Promise.UPDATE, EscalationStep.HOLDERS, 22, f"was due at {clock(SLOT)} and nobody has answered"),
        (Promise.UPDATE, EscalationStep.CHANNEL, 25, "Nobody has posted an update."),
        (Promise.UPDATE, EscalationStep.AGAIN, 40, f"still has no update; it was due at {clock(SLOT)}."),
        (Promise.COMMANDER, EscalationStep.ROOM, 2, "has no Incident Commander yet"),
        (Promise.COMMANDER, EscalationStep.HOLDERS, 7, "still has no Incident Commander"),
        (Promise.COMMANDER, EscalationStep.AGAIN, 22, "still has no Incident Commander"),
        (Promise.COMMANDER, EscalationStep.CHANNEL, 5, "Who can take command?"),
    ],
)
def test_each_step_of_each_promise_has_its_own_text(
    policy: Policy, promise: Promise, rung: EscalationStep, passed: float, words: str
) -> None:
    text = written(policy, now=later(passed)).prose(promise, rung)
    assert words in text
    assert "INC-42" in text
    assert text == text.strip()


@pytest.mark.parametrize("rung", EscalationStep)
def test_lateness_is_counted_from_the_last_update_and_not_from_the_last_reminder(
    policy: Policy, rung: EscalationStep
) -> None:
    incident = declared(severity=Severity.SEV2, commander=BOB)
    incident = after(incident, rules.post_update(incident, "Half fail", by=BOB, now=later(5)))
    text = written(policy, incident, later(5 + 215)).prose(Promise.UPDATE, rung)
    assert f"Last update 3 h 35 min ago ({when(later(5))}), due every 30 min." in text


@pytest.mark.parametrize(
    ("rung", "words"),
    [
        (EscalationStep.AGAIN, "still has no update; it was due at {}."),
        (EscalationStep.ROOM, "was due at {}."),
    ],
)
def test_a_time_that_may_be_on_another_day_has_its_day(
    policy: Policy, rung: EscalationStep, words: str
) -> None:
    soon, long_after = SLOT + timedelta(hours=11), SLOT + timedelta(hours=12)
    assert words.format(clock(SLOT)) in written(policy, now=soon).prose(Promise.UPDATE, rung)
    assert words.format(clock_and_day(SLOT)) in written(policy, now=long_after).prose(Promise.UPDATE, rung)


def test_without_an_update_the_declaration_counts(policy: Policy) -> None:
    text = written(policy, now=later(40)).prose(Promise.UPDATE, EscalationStep.ROOM)
    assert f"No update yet, declared 40 min ago ({when(NOW)}), due every 15 min." in text


def test_once_mitigated_the_longer_cadence_is_named(policy: Policy) -> None:
    incident = after(INCIDENT, rules.change_status(INCIDENT, Status.MITIGATED, by=BOB, now=NOW))
    assert "due every 30 min." in written(policy, incident, later(31)).prose(
        Promise.UPDATE, EscalationStep.ROOM
    )


def test_the_reminder_outside_the_war_room_has_the_title(policy: Policy) -> None:
    text = written(policy, declared("Checkout <!channel>")).prose(Promise.UPDATE, EscalationStep.CHANNEL)
    assert "Checkout @\u2060channel" in text


def test_an_update_reminder_mentions_the_commander_and_has_three_answers(policy: Policy) -> None:
    message = reminder(written(policy), UPDATE)
    assert said(message).startswith(f"<@{BOB}>\n:alarm_clock: An update of *INC-42* was due at")
    assert list(buttons(message)) == ["update", "no_change", "snooze"]
    assert "Snooze 10 min" in said(message)


def test_the_next_step_mentions_the_deputy_too(policy: Policy) -> None:
    incident = with_role(INCIDENT, Role.DEPUTY, CAROL)
    message = reminder(
        written(policy, incident), ScheduledReminder(Promise.UPDATE, later(20), EscalationStep.HOLDERS)
    )
    assert said(message).startswith(f"<@{BOB}> <@{CAROL}>\n")


def test_the_reminder_of_a_missing_commander_is_answered_by_taking_command(policy: Policy) -> None:
    message = reminder(written(policy, declared(), later(2)), COMMANDER)
    assert list(buttons(message)) == ["take_command"]
    assert f"<@{ALICE}>" in said(message)


def test_one_reminder_says_both_that_nobody_commands_and_that_an_update_is_due(policy: Policy) -> None:
    message = reminder(written(policy, declared(), SLOT), UPDATE)
    assert "has no Incident Commander yet" in said(message)
    assert "An update of *INC-42* was due at" in said(message)
    assert list(buttons(message)) == ["take_command", "update", "no_change", "snooze"]
    assert [name for name, each in buttons(message).items() if each.get("style")] == ["take_command"]


def test_the_reminder_in_the_incidents_channel_has_a_link(policy: Policy) -> None:
    message = broadcast(written(policy, now=later(25)), "C0ROOM")
    assert said(message).startswith(":bell: *INC-42* (SEV1, triage): Checkout is failing\n")
    assert said(message).endswith("\nWar room: <#C0ROOM>")
    assert buttons(message) == {}


def test_the_incidents_channel_can_take_command_from_the_reminder(policy: Policy) -> None:
    message = broadcast(written(policy, declared(), later(5)), "C0ROOM")
    assert list(buttons(message)) == ["take_command"]
    assert "no update" not in said(message).lower()


def test_the_incidents_channel_reads_the_name_of_the_incident_once(policy: Policy) -> None:
    text = said(broadcast(written(policy, declared(), later(25)), "C0ROOM"))
    assert text.count("INC-42") == 1
    assert "Who can take command?\nNobody has posted an update." in text


def test_a_private_war_room_is_not_named_outside_it(policy: Policy) -> None:
    assert "C0ROOM" not in said(broadcast(written(policy, declared(private=True), later(25)), "C0ROOM"))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (fact(rules.post_update(INCIDENT, "Half fail", by=BOB, now=NOW)), "answered with an update"),
        (fact(rules.no_change(updated(INCIDENT), by=BOB, now=NOW)), "answered with *no change*"),
        (
            fact(rules.snooze(INCIDENT, minutes(10), by=BOB, now=NOW, reason="rolling back")),
            f"snoozed until {clock(later(10))}",
        ),
        (fact(rules.change_severity(INCIDENT, Severity.SEV3, by=BOB, now=NOW)), "severity is now SEV3"),
        (fact(rules.resolve(INCIDENT, by=BOB, now=NOW)), "status is now resolved"),
        (facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"), "overtaken"),
    ],
)
def test_an_answered_reminder_says_how_and_by_whom_and_has_no_buttons(
    happened: facts.Fact, words: str
) -> None:
    message = answered(INCIDENT, UPDATE, happened)
    assert "Update reminder of *INC-42*: " in said(message)
    assert words in said(message)
    assert f"by <@{BOB}> at {clock(NOW)}" in said(message)
    assert buttons(message) == {}


def test_taking_command_answers_the_reminder_of_a_missing_commander() -> None:
    happened = fact(rules.take_command(declared(), by=BOB, now=NOW))
    assert "Commander reminder of *INC-42*: command taken" in said(answered(INCIDENT, COMMANDER, happened))


def test_an_answered_reminder_in_the_incidents_channel_still_names_and_links_the_incident() -> None:
    happened = fact(rules.snooze(INCIDENT, minutes(10), by=BOB, now=NOW, reason="rolling back"))
    text = said(answered_broadcast(INCIDENT, UPDATE, happened, "C0ROOM"))
    assert "*INC-42* Checkout is failing · <#C0ROOM>: snoozed until" in text
    assert "*INC-42* Checkout is failing: snoozed" in said(
        answered_broadcast(INCIDENT, UPDATE, happened, None)
    )


def test_a_reminder_that_cannot_be_deleted_says_where_to_look() -> None:
    assert "There is a newer reminder of *INC-42* below" in said(replaced(INCIDENT))


def test_a_reminder_in_a_forgotten_room_also_asks_whether_it_is_over(policy: Policy) -> None:
    quiet = declared(severity=Severity.SEV3, commander=BOB)
    day = reminder(written(policy, quiet, later(24 * 60)), UPDATE)
    assert "Nobody has done anything in *INC-42* for 1 day. Is it over?" in said(day)
    assert {"update", "resolve", "nudge_decline"} <= buttons(day).keys()
    fits(day)
    sooner = reminder(written(policy, quiet, later(23 * 60)), UPDATE)
    assert "Is it over?" not in said(sooner)
    settled = after(quiet, rules.decline_nudge(quiet, NudgeKind.FORGOTTEN, "We wait", by=BOB, now=NOW))
    assert "Is it over?" not in said(reminder(written(policy, settled, later(30 * 60)), UPDATE))
