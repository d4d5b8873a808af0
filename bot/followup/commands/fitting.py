"""Who can have an action item."""

from bot.core.decision import Refused
from bot.incident.commands.assign import no_such_person
from bot.incident.commands.request import Request
from bot.incident.domain.vocabulary import mention

WHAT = "action item"  # in the sentence that says why somebody cannot have one


def unfit_owner(request: Request, owner: str, typed: str = "") -> Refused | None:
    """The refusal if this person cannot have an action item of the incident; None if they can.

    The text of a private incident's action item is part of what is private: its owner must be in the war room.
    """
    if refused := no_such_person(request, owner, typed, what=WHAT):
        return refused
    incident, present = request.about, request.present
    knows_it = owner in incident.people if present.people is None else not present.lacks(owner)
    if incident.private and not knows_it:
        return Refused(
            f"{mention(owner)} is not in the war room of {incident.reference}, which is private. Invite them first, or "
            "choose somebody else.",
            field="person",
        )
    return None
