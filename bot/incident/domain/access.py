"""Who may see an incident and act on it from outside its war room. All entry points use this one check."""

from dataclasses import dataclass

from bot.incident.domain.incident import Incident


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person who wants to see an incident.

    Attributes:
        in_room: whether they are in its war room; None if that is unknown.
        is_guest: whether they are a guest of the workspace.
        sees_private: whether the policy lets them see private incidents without being in the war room.
    """

    person: str
    in_room: bool | None = None
    is_guest: bool = False
    sees_private: bool = False


def may_see(incident: Incident, viewer: Viewer) -> bool:
    """Whether the viewer may know that the incident exists.

    Only members of its war room, and those whom the policy names, may see a private incident. For guests every incident
    counts as private, whatever the policy says.
    """
    if not viewer.is_guest and (viewer.sees_private or not incident.private):
        return True
    return belongs(incident, viewer.person, in_room=viewer.in_room)


def belongs(incident: Incident, person: str, *, in_room: bool | None) -> bool:
    """Whether a person is in the war room.

    If the members are unknown (for example, the war room is not open yet), the incident's own people count as members.
    """
    return person in incident.people if in_room is None else in_room
