"""Creates people's acts as handlers receive them, and reads the outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import policy_file
from bot.core.blocks import View
from bot.core.decision import Refused
from bot.core.people import Profile
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.commands import parsing, registry
from bot.incident.commands.request import (
    ChangeIncident,
    DeclareIncident,
    MarkedMessage,
    OpenForm,
    Outcome,
    Reply,
    Request,
)
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.subjects import discover_commands
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, decided, fact, refused
from tests.incident.views.reading import said

discover_commands()

POLICY = policy_file.load()
TEMPLATES = Templates(shipped("templates"))

NOTHING_OPEN = Shortlist()

APP, STRANGER = "U0APP", "U0STRANGER"

PEOPLE = {
    ALICE: Profile(ALICE, "Alice Adams", "Europe/Berlin"),
    BOB: Profile(BOB, "Bob Brown", "America/Los_Angeles"),
    CAROL: Profile(CAROL, "Carol Chen", "UTC"),
    APP: Profile(APP, "Some App", is_bot=True),
}


def request(
    text: str = "",
    *,
    actor: str = CAROL,
    incident: Incident | None = None,
    now: datetime = NOW,
    fields: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    message: MarkedMessage | None = None,
    open_incidents: Shortlist = NOTHING_OPEN,
    timeline: Sequence[Entry] = (),
    known: Sequence[ListedIncident] = (),
    draft: Mapping[str, str] | None = None,
) -> Request:
    """An act of Carol's, who is in UTC, unless given otherwise."""
    return Request(
        id="command:1",
        team="T1",
        actor=actor,
        now=now,
        policy=POLICY,
        channel="C1",
        text=text,
        fields=fields or {},
        metadata=metadata or {},
        message=message,
        incident=incident,
        open_incidents=open_incidents,
        timeline=timeline,
        known=known,
        people=PEOPLE,
        draft=draft or {},
        templates=TEMPLATES,
    )


def say(words: str, incident: Incident | None = None, **given: Any) -> Outcome:
    """Type `/incident <words>`."""
    typed = parsing.parse(words)
    assert typed.command is not None, f"{words!r} is not understood"
    asked = replace(request(typed.text, incident=incident, **given), synonym=typed.synonym)
    return typed.command.action.handle(asked)


def press(action_id: str, incident: Incident | None = None, **given: Any) -> Outcome:
    """Press a button."""
    return registry.BUTTONS[action_id].handle(request(incident=incident, **given))


def submit(callback_id: str, incident: Incident | None = None, **fields: Any) -> Outcome:
    """Submit a form as Carol; fields that are not given stay empty."""
    return registry.FORMS[callback_id].handle(request(incident=incident, fields=fields))


def use(callback_id: str, incident: Incident | None = None, **given: Any) -> Outcome:
    """Use a shortcut."""
    return registry.SHORTCUTS[callback_id].handle(request(incident=incident, **given))


def changes(outcome: Outcome, incident: Incident) -> tuple[facts.Fact, ...]:
    """The facts that follow from it."""
    assert isinstance(outcome, ChangeIncident), outcome
    return decided(outcome.decide(incident))


def change(outcome: Outcome, incident: Incident) -> facts.Fact:
    """The only fact that follows from it."""
    assert isinstance(outcome, ChangeIncident), outcome
    return fact(outcome.decide(incident))


def refusal(outcome: Outcome, incident: Incident | None = None) -> Refused:
    """Why it is refused, whether by the handler or by the rule."""
    if isinstance(outcome, ChangeIncident):
        assert incident is not None
        return refused(outcome.decide(incident))
    return refused(outcome)


def form(outcome: Outcome) -> View:
    """The form that opens."""
    assert isinstance(outcome, OpenForm), outcome
    return outcome.view


def reply(outcome: Outcome) -> str:
    """What the person reads."""
    assert isinstance(outcome, Reply), outcome
    return said(outcome.message)


def declared(outcome: Outcome, number: int = 7) -> tuple[facts.Declared, list[object]]:
    """The declaration once it has its number, and what else happened with it."""
    assert isinstance(outcome, DeclareIncident), outcome
    first, *rest = decided(outcome.decide(number))
    assert isinstance(first, facts.Declared)
    return first, list(rest)
