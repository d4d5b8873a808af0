"""Roles that ended and invitations that were refused, as text."""

import pytest

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views.facts import sentence
from bot.incident.views.messages import fact_message
from bot.incident.views.reminders import ReminderText, reminder
from bot.incident.views.warnings import uninvited
from bot.policy_file import load
from bot.ports.slack.port import SLACK
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, later
from tests.incident.views.reading import said


def _ended(why: RoleEndReason, *roles: str, by: str = BOB) -> facts.RolesEnded:
    return facts.RolesEnded(at=NOW, by=by, person=BOB, roles=roles, why=why)


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (_ended(RoleEndReason.UNASSIGNED, Role.SCRIBE), f"<@{BOB}> stepped down as Scribe"),
        (
            _ended(RoleEndReason.UNASSIGNED, Role.SCRIBE, by=ALICE),
            f"<@{BOB}> is no longer Scribe (removed by <@{ALICE}>)",
        ),
        (_ended(RoleEndReason.LEFT, Role.SCRIBE), f"<@{BOB}> left the room and is no longer Scribe"),
        (
            _ended(RoleEndReason.DEACTIVATED, Role.DEPUTY, Role.SCRIBE),
            f"<@{BOB}> was deactivated in Slack and is no longer Deputy and Scribe",
        ),
        (_ended(RoleEndReason.LEFT), f"<@{BOB}> left the room: the offer of command to them has ended"),
    ],
)
def test_the_message_says_who_lost_which_role_and_why(fact: facts.RolesEnded, words: str) -> None:
    assert sentence(fact) == words
    assert words in said(fact_message(Entry(3, fact), declared(), {}))


def test_a_person_who_left_is_named_and_not_mentioned() -> None:
    message = fact_message(Entry(3, _ended(RoleEndReason.LEFT, Role.SCRIBE)), declared(), {BOB: "Bob Brown"})
    assert "Bob Brown left the room and is no longer Scribe" in said(message)


def test_without_a_commander_there_is_a_button_to_take_command() -> None:
    message = fact_message(Entry(3, _ended(RoleEndReason.LEFT, Role.COMMANDER)), declared(), {})
    assert "Nobody has command now" in said(message)
    assert "take_command" in str(message.blocks)


def test_with_a_new_commander_there_is_no_button() -> None:
    message = fact_message(
        Entry(3, _ended(RoleEndReason.LEFT, Role.COMMANDER)), declared(commander=ALICE), {}
    )
    assert "Nobody has command now" not in said(message)
    assert "take_command" not in str(message.blocks)


@pytest.mark.parametrize("reason", sorted(SLACK.passing))
def test_a_refused_invitation_says_what_to_do_and_that_it_is_tried_again(reason: str) -> None:
    words = said(uninvited(declared(private=True), reason))
    assert f"I could not bring you into its war room: Slack says `{reason}`" in words
    assert SLACK.advice(reason).endswith("I try again by myself.")
    assert "outbox retry" not in words
    assert "Checkout" not in words


def test_a_reminder_does_not_mention_a_person_who_left() -> None:
    nudge = ScheduledReminder(Promise.UPDATE, NOW, EscalationStep.ROOM)
    incident = declared(commander=BOB)
    written = ReminderText(incident, load(), Templates(shipped("templates")), later(30))
    assert f"<@{BOB}>" in said(reminder(written, nudge))
    assert f"<@{BOB}>" not in said(reminder(written, nudge, {BOB}))
