"""Who may see an incident outside its war room, and act on it: the one check, for every door."""

from dataclasses import dataclass

from bot.incident.domain.incident import Incident


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who wants to see an incident.

    Attributes:
        in_room: whether they are in its war room; None where that is not known.
        is_guest: whether they are a guest of the workspace.
    """

    person: str
    in_room: bool | None = None
    is_guest: bool = False


def may_see(incident: Incident, viewer: Viewer) -> bool:
    """Whether they may learn that it exists.

    A private one is for whoever is in its war room, and to guests every one is like a private one. Where it is not
    known who is in the room (it is not open yet, say), the incident's own people may.
    """
    if not incident.private and not viewer.is_guest:
        return True
    if viewer.in_room is None:
        return viewer.person in incident.people
    return viewer.in_room
