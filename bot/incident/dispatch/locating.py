"""Finds the incident that a command is about: the one whose war room this is, or the one that it names."""

from dataclasses import dataclass, replace

from bot.core.decision import Refused
from bot.incident.commands import parsing
from bot.incident.commands.parsing import IntendedIncident
from bot.incident.commands.registry import Command
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.domain.incident import Incident
from bot.incident.views.replies import no_such_incident


@dataclass(frozen=True, slots=True)
class Located:
    """The incident that was found.

    Attributes:
        request: with its incident, if there is one, and the text without the incident's name.
        doubt: another incident that may have been meant as well.
        unclear: whether the person must say which of the two they mean before anything is done.
    """

    request: Request
    doubt: Incident | None = None
    unclear: bool = False


async def locate(access: Access, command: Command, request: Request) -> Located | Refused:
    """Find what the command is about. Its incident stays None if neither the place nor the text names one."""
    here = await access.here(request)
    name = parsing.leading_reference(request.text)
    if name is None:
        return _at(request, here, request.text, in_its_room=True)
    if here and here.number == name.number:
        return _at(request, here, name.rest, in_its_room=True)
    if here and command.names_another and not name.marked and not name.rest:
        return _at(request, here, request.text, in_its_room=True)
    there = await access.numbered(request, name.number)
    intended = parsing.intended_incident(command, name) if here else IntendedIncident.THERE
    if there is None and (here is None or intended is IntendedIncident.THERE):
        return Refused(no_such_incident(name.number))
    if there and intended is IntendedIncident.THERE:
        return _at(request, there, name.rest, in_its_room=False)
    found = _at(request, here, request.text, in_its_room=True)
    return replace(found, doubt=there, unclear=there is not None and intended is IntendedIncident.UNCLEAR)


def _at(request: Request, incident: Incident | None, text: str, *, in_its_room: bool) -> Located:
    return Located(
        replace(request, incident=incident, text=text, in_its_room=in_its_room and incident is not None)
    )
