"""Who writes the postmortem: chosen with the buttons of the message of the end, or by `/incident postmortem @person`."""

from functools import partial

from bot.core.blocks import Message
from bot.core.text import md
from bot.incident.commands.assign import no_such_person
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import mention
from bot.incident.views import modals

WRITES = "postmortem"


@button("postmortem_mine", about=INCIDENT, may=Capability.CHANGE)
def mine(request: Request) -> Outcome:
    """Whoever pressed writes it."""
    return ChangeIncident(_chosen(request, request.actor))


@button("postmortem_owner", about=INCIDENT, may=Capability.CHANGE)
def owner_button(request: Request) -> Outcome:
    """Open the form that asks who writes it."""
    return OpenForm(modals.postmortem_owner(request.about))


@form("postmortem_owner", about=INCIDENT, may=Capability.CHANGE, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """Record who writes it, from the form."""
    person = str(request.fields.get("person", ""))
    return no_such_person(request, person, what=WRITES) or ChangeIncident(_chosen(request, person))


def choose(request: Request, person: str, typed: str) -> Outcome:
    """Record who writes it, as it was typed."""
    return no_such_person(request, person, typed, what=WRITES) or ChangeIncident(
        _chosen(request, person), done=_recorded
    )


def _chosen(request: Request, person: str) -> "partial[rules.Decision]":
    return partial(rules.choose_postmortem_owner, person=person, by=request.actor, now=request.now)


def _recorded(incident: Incident) -> Message:
    return Message.of(
        md("{} writes the postmortem of {}.", mention(incident.postmortem_owner or ""), incident.reference)
    )
