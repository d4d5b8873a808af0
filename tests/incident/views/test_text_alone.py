"""A screen reader reads only `text`, not the blocks: it must say what the message says.

Source: Slack docs, chat.postMessage, "Strategies for composing your messages".
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot import policy_file
from bot.core.blocks import Message
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from bot.incident.views import brief, card, decisions, lists, messages, milestones, reminders, replies
from bot.incident.views.ending import status_words
from bot.incident.views.facts import sentence
from bot.incident.views.postmortem_messages import draft_comment
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, later, resolved
from tests.incident.views.hostile_texts import everything, happenings, set_aside
from tests.incident.views.reading import objects

POLICY, TEMPLATES = policy_file.load(), Templates(shipped("templates"))
WORDS = "half of all card payments fail"
INCIDENT = everything("Checkout is failing", WORDS)
TAKEN = facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=BOB, previous=ALICE)


def states() -> Iterator[Incident]:
    """Open, over, and set aside."""
    yield INCIDENT
    yield resolved(INCIDENT)
    yield from set_aside(INCIDENT, WORDS)
    yield replace(declared(), update=WORDS * 40, summary=WORDS * 40)


@pytest.mark.parametrize("incident", [*states()], ids=lambda each: each.status.value)
def test_the_text_of_card_and_announcement_has_reference_title_severity_and_status(
    incident: Incident,
) -> None:
    for shown in (
        card.card(incident, POLICY),
        card.shown(incident, POLICY, "C1"),
        card.announcement(replace(incident, private=False), POLICY, "C1"),
    ):
        for word in (incident.reference, incident.title, incident.severity.label):
            assert word in shown.text
        assert status_words(incident) in shown.text


def test_the_text_of_a_list_names_each_incident() -> None:
    many = [ListedIncident(declared(number=number), "C1") for number in range(1, 21)]
    told = lists.incidents(Shortlist(many, 20), Listing()).text
    assert all(f"*INC-{number}* Checkout is failing" in told for number in range(1, 21))
    assert told.count("SEV1 · triage") == 20


def first_words(message: Message) -> set[str]:
    """The words of the first sentence that the blocks show."""
    shown = next(each["text"] for each in objects(message.blocks) if each.get("type") == "mrkdwn")
    return set(re.findall(r"\w+", shown))


@pytest.mark.parametrize("fact", [*happenings(INCIDENT, WORDS)], ids=lambda each: type(each).__name__)
def test_the_text_of_a_message_about_a_fact_says_what_happened(fact: facts.Fact) -> None:
    message = messages.fact_message(Entry(7, fact), INCIDENT, {ALICE: "Alice"})
    said = set(re.findall(r"\w+", message.text))
    in_full = set(re.findall(r"\w+", sentence(fact))) <= said
    assert in_full or first_words(message) - said <= {"Note", "Parked"}, (message.text, first_words(message))


def around() -> Iterator[Message]:
    """The messages that are about no single fact."""
    for promise in Promise:
        nudge = ScheduledReminder(promise, later(15), EscalationStep.ROOM)
        written = reminders.ReminderText(INCIDENT, POLICY, TEMPLATES, later(55))
        yield reminders.reminder(written, nudge)
        yield reminders.broadcast(written, "C0ROOM")
        yield reminders.answered(INCIDENT, nudge, TAKEN)
        yield reminders.answered_broadcast(INCIDENT, nudge, TAKEN, "C0ROOM")
    yield reminders.replaced(INCIDENT)
    yield brief.brief(INCIDENT, TAKEN, POLICY, "C0ROOM", later(55))
    yield messages.at_source(INCIDENT, "C0ROOM")
    yield draft_comment(INCIDENT)
    yield milestones.overview(INCIDENT)
    yield replies.recorded(INCIDENT, "C0ROOM")
    yield from (decisions.decision(each, INCIDENT, {}) for each in INCIDENT.decisions)


@pytest.mark.parametrize("message", [*around()])
def test_the_text_of_every_other_message_has_its_first_sentence_in_full(message: Message) -> None:
    said = set(re.findall(r"\w+", message.text))
    assert first_words(message) <= said, (message.text, first_words(message) - said)
