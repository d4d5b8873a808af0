"""Who may see an incident and act on it from outside its war room. All entry points use this one check."""

from dataclasses import dataclass

from bot.incident.domain.incident import Incident


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who wants to see an incident.

    Attributes:
        in_room: whether they are in its war room; None if that is unknown.
        is_guest: whether they are a guest of the workspace.
    """

    person: str
    in_room: bool | None = None
    is_guest: bool = False


def may_see(incident: Incident, viewer: Viewer) -> bool:
    """Whether the viewer may know that the incident exists.

    Only members of its war room may see a private incident, and for guests every incident counts as private. If the
    members are unknown (for example, the war room is not open yet), the incident's own people may see it.
    """
    if not incident.private and not viewer.is_guest:
        return True
    if viewer.in_room is None:
        return viewer.person in incident.people
    return viewer.in_room
