"""`/incident handoff`: offer command to another person, who must accept it."""

from functools import partial

from bot.core import mentions
from bot.incident.commands.assign import give_role, no_such_person, no_such_role
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Role
from bot.incident.views import modals


@command(
    "handoff",
    "handoff [@person]",
    "Offer command to somebody; it passes when they accept",
    about=INCIDENT,
    synonyms={"handover": "", "hand-over": "", "hand-off": "", "transfer": "", "pass": ""},
    may=Capability.COMMAND,
    wants=Wants.PEOPLE,
)
def handoff(request: Request) -> Outcome:
    """Offer command, or open the form that asks to whom."""
    if not request.text.strip():
        return handoff_button(request)
    typed = request.text.split()[0]
    return _offer(request, mentions.person(typed) or "", typed)


@button("handoff", about=INCIDENT, may=Capability.COMMAND)
def handoff_button(request: Request) -> Outcome:
    """Open the form that offers command; if nobody has command yet, the form for all roles."""
    if request.about.commander is None:
        return roles_button(request)
    return rules.closed(request.about) or OpenForm(modals.handoff(request.about))


@button("roles", about=INCIDENT, may=Capability.COMMAND)
def roles_button(request: Request) -> Outcome:
    """Open the form that assigns roles."""
    return rules.closed(request.about) or OpenForm(modals.roles(request.about, request.policy.roles))


@form("roles", about=INCIDENT, may=Capability.COMMAND, wants=Wants.PEOPLE)
@form("handoff", about=INCIDENT, may=Capability.COMMAND, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """Assign a role, from a form. Command that somebody holds is offered; every other role is given at once."""
    role, person = str(request.fields.get("role", Role.COMMANDER)), str(request.fields.get("person", ""))
    if role not in request.policy.roles:
        return no_such_role(request, role)
    if role == Role.COMMANDER and request.about.commander:
        return _offer(request, person)
    return give_role(request, person, role)


@button("handoff_accept", about=INCIDENT, may=Capability.OWN)
def accept(request: Request) -> Outcome:
    """Accept command."""
    return ChangeIncident(partial(rules.answer_handoff, accept=True, by=request.actor, now=request.now))


@button("handoff_decline", about=INCIDENT, may=Capability.OWN)
def decline(request: Request) -> Outcome:
    """Decline command; or, if the commander clicks, take the offer back."""
    return ChangeIncident(partial(rules.answer_handoff, accept=False, by=request.actor, now=request.now))


def _offer(request: Request, person: str, typed: str = "") -> Outcome:
    return no_such_person(request, person, typed) or ChangeIncident(
        lambda incident: rules.offer_handoff(incident, person, by=request.actor, now=request.now)
    )
