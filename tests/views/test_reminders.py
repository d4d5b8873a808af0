"""Reminders: short, addressed to somebody, and answered with one press."""

from datetime import timedelta

import pytest

from bot.domain import rules
from bot.domain.cadence import Nudge, Promise, Rung
from bot.domain.events import Fact
from bot.domain.policy import Policy
from bot.domain.vocabulary import Role, Severity
from bot.resources import shipped
from bot.views.reminders import answered, broadcast, prose, reminder
from bot.views.templates import Templates
from bot.views.text import Mrkdwn, clock
from tests.domain.situations import ALICE, BOB, CAROL, NOW, declared, fact, later, minutes, with_role
from tests.views.reading import buttons, said

INCIDENT = declared(commander=BOB)
SLOT = later(15)


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(shipped("templates"))


@pytest.mark.parametrize(
    ("promise", "rung", "words"),
    [
        (Promise.UPDATE, Rung.ROOM, "at SEV1 everybody hears how it stands every 15 min"),
        (Promise.UPDATE, Rung.HOLDERS, "is 7 min late and nobody has answered"),
        (Promise.UPDATE, Rung.CHANNEL, "it has been due for 7 min"),
        (Promise.COMMANDER, Rung.ROOM, "has no Incident Commander yet"),
        (Promise.COMMANDER, Rung.HOLDERS, "still has no Incident Commander"),
        (Promise.COMMANDER, Rung.CHANNEL, "Who can take command?"),
    ],
)
def test_each_rung_of_each_promise_has_its_own_words(
    policy: Policy, templates: Templates, promise: Promise, rung: Rung, words: str
) -> None:
    text = prose(INCIDENT, Nudge(promise, SLOT, rung), policy, templates, SLOT + timedelta(minutes=7))
    assert words in text
    assert "INC-42" in text
    assert not text.startswith("\n")


def test_a_channel_that_knows_nothing_of_it_is_told_the_title(policy: Policy, templates: Templates) -> None:
    incident = declared("Checkout <!channel>")
    text = prose(incident, Nudge(Promise.UPDATE, SLOT, Rung.CHANNEL), policy, templates, SLOT)
    assert "Checkout @\u2060channel" in text


def test_an_update_reminder_calls_the_commander_and_takes_three_answers(policy: Policy) -> None:
    message = reminder(INCIDENT, Nudge(Promise.UPDATE, SLOT, Rung.ROOM), policy, Mrkdwn("An update is due."))
    assert said(message).startswith(f"<@{BOB}>\nAn update is due.")
    assert list(buttons(message)) == ["update", "no_change", "snooze"]
    assert "Snooze 10 min" in said(message)


def test_the_next_rung_calls_the_deputy_too(policy: Policy) -> None:
    incident = with_role(INCIDENT, Role.DEPUTY, CAROL)
    message = reminder(incident, Nudge(Promise.UPDATE, SLOT, Rung.HOLDERS), policy, Mrkdwn("Late."))
    assert said(message).startswith(f"<@{BOB}> <@{CAROL}>\n")


def test_a_missing_commander_is_answered_by_taking_command(policy: Policy) -> None:
    nudge = Nudge(Promise.COMMANDER, later(2), Rung.ROOM)
    message = reminder(declared(), nudge, policy, Mrkdwn("Nobody has command."))
    assert list(buttons(message)) == ["take_command"]
    assert f"<@{ALICE}>" in said(message)


def test_the_incidents_channel_is_told_where_to_go() -> None:
    assert said(broadcast(INCIDENT, Mrkdwn("Late."), "C0ROOM")) == "Late.\nWar room: <#C0ROOM>"


def test_a_private_war_room_is_named_nowhere_else() -> None:
    assert "C0ROOM" not in said(broadcast(declared(private=True), Mrkdwn("Late."), "C0ROOM"))


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (fact(rules.post_update(INCIDENT, "Half fail", by=BOB, now=NOW)), "answered with an update"),
        (fact(rules.no_change(INCIDENT, by=BOB, now=NOW)), "answered with *no change*"),
        (fact(rules.snooze(INCIDENT, minutes(10), by=BOB, now=NOW)), f"snoozed until {clock(later(10))}"),
        (fact(rules.change_severity(INCIDENT, Severity.SEV3, by=BOB, now=NOW)), "severity is now SEV3"),
        (fact(rules.resolve(INCIDENT, by=BOB, now=NOW)), "the incident was closed"),
    ],
)
def test_a_reminder_that_was_answered_says_how_and_by_whom_and_has_no_buttons(
    happened: Fact, words: str
) -> None:
    message = answered(Nudge(Promise.UPDATE, SLOT, Rung.ROOM), happened)
    assert "Update reminder: " in said(message)
    assert words in said(message)
    assert f"by <@{BOB}> at {clock(NOW)}" in said(message)
    assert buttons(message) == {}


def test_taking_command_answers_the_reminder_of_a_missing_commander() -> None:
    happened = fact(rules.take_command(declared(), by=BOB, now=NOW))
    text = said(answered(Nudge(Promise.COMMANDER, SLOT, Rung.ROOM), happened))
    assert "Commander reminder: command taken" in text
