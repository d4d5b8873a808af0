"""`/incident unassign`: end a person's role without giving it to another."""

from functools import partial

from bot.core import mentions
from bot.core.decision import Refused
from bot.incident.commands.assign import ME, AssignArguments, no_such_role, parse_arguments
from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability


def _needed(request: Request) -> tuple[Capability]:
    """Everybody may end their own roles."""
    asked = parse_arguments(request.text, request.policy.roles.with_held(request.about.held))
    return (Capability.OWN,) if _person(asked, request) == request.actor else (Capability.COMMAND,)


@command(
    "unassign",
    "unassign @person [role]",
    "End one of somebody's roles, or all of them",
    "`/incident who` lists the roles of your team. `unassign me commander` gives up command. To take over from a "
    "commander who cannot be reached: `assign me commander force`. This removes nobody from the war room: to end "
    "somebody's access to a private incident, remove them from its war room.",
    about=INCIDENT,
    may=Capability.COMMAND,
    needs=_needed,
)
def unassign(request: Request) -> Outcome:
    """End one role or all roles of a person, even if they have left or were deactivated."""
    asked = parse_arguments(request.text, request.policy.roles.with_held(request.about.held))
    if asked.role is None:
        return no_such_role(request, asked.role_typed)
    if not asked.person:
        return Refused("Say whose role ends: `/incident unassign @person scribe`.")
    person = _person(asked, request)
    if person is None:
        return Refused(
            f"I do not know {asked.person[:50]}: pick the person from the list that appears as you type @."
        )
    role = asked.role if asked.role_typed else None
    return ChangeIncident(
        partial(
            rules.unassign,
            person=person,
            role=role,
            by=request.actor,
            now=request.now,
            roles=request.policy.roles,
        )
    )


def _person(asked: AssignArguments, request: Request) -> str | None:
    """Whose role ends; None if it is no mention."""
    return request.actor if asked.person == ME else mentions.person(asked.person)
