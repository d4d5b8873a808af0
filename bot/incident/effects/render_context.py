"""What an effect is rendered from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Flag, auto

from bot.engine.store.tables import (
    HeadItemRow,
    NudgeRow,
    PersonRow,
    PlaceRow,
    ReminderRow,
    RoomMemberRow,
)
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.effects import Place
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.subscriptions import Follows
from bot.incident.domain.timeline import Entry
from bot.incident.effects.installation import Installation


class Reads(Flag):
    """What is read for an effect in addition to the state, the places, and the fact or reminder that it names."""

    NOTHING = 0
    PEOPLE = auto()  # who is in the war room
    OPENING = auto()  # why the war room could not be opened, if it is not open
    TIMELINE = auto()  # all of it, those of its duplicates, and everybody's name
    TOLD = auto()  # where its single facts were told
    PERSON = auto()  # what is known of the person whom it is for, and what they follow
    OPEN = auto()  # all open incidents that everybody may see, and everybody's name
    ACTION_ITEMS = auto()  # the action items that it names
    HEAD = auto()  # the bookmarks and the canvas as they are shown, and whether the workspace allows them


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """All that an effect may need to be rendered. What it does not need stays empty."""

    incident: Incident
    installation: Installation
    places: Mapping[str, PlaceRow]
    now: datetime
    key: str
    team: str = ""
    wanted_at: datetime | None = None  # when the effect was committed
    doubt: bool = False
    progress: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = None
    act: Sequence[Entry] = ()  # the facts of the act that the effect tells of
    missed: Sequence[Entry] = ()
    reminder: ReminderRow | None = None
    nudge: NudgeRow | None = None
    refused: str = ""  # why Slack did not open the war room
    timeline: Sequence[Entry] = ()
    duplicates: Sequence[
        tuple[int, Sequence[Entry]]
    ] = ()  # the numbers and timelines of those merged into it
    names: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, RoomMemberRow] = field(
        default_factory=dict
    )  # as far as it is known who is in the room
    person: PersonRow | None = None  # whom it is for; None if nothing is known of them
    follows: Follows = field(default_factory=Follows)  # what that person follows
    open_incidents: Shortlist = field(default_factory=Shortlist)
    action_lines: Sequence[ActionLine] = ()  # those that it names; for a draft, those of the incident

    head: Mapping[str, HeadItemRow] = field(default_factory=dict)
    refused_features: frozenset[str] = frozenset()  # what the workspace has refused lately

    def is_in(self, person: str) -> bool:
        """Whether this person is known to be in the war room."""
        return person in self.people and self.people[person].present

    def may_see(self, person: PersonRow) -> bool:
        """Whether this person may know that the incident exists."""
        room, known = self.places.get(Place.ROOM), self.people.get(person.user_id)
        unknown = False if room and room.looked_at else None
        viewer = Viewer(person.user_id, known.present if known else unknown, person.is_guest)
        return may_see(self.incident, viewer)

    def address(self, place: str) -> str:
        """The address of the message at this place; empty if it is not known."""
        row, workspace = self.places.get(place), self.installation.slack_url
        return f"{workspace}archives/{row.channel}/p{row.ts.replace('.', '')}" if row and workspace else ""

    def canvas_address(self, canvas: str) -> str:
        """The address of a canvas; empty if the workspace's is not known."""
        workspace = self.installation.slack_url
        return f"{workspace}docs/{self.team}/{canvas}" if workspace else ""

    @property
    def absent(self) -> frozenset[str]:
        """The people who are known to have left the war room."""
        return frozenset(person for person, row in self.people.items() if not row.present)

    def has_left(self, person: str, since: datetime | None = None) -> bool:
        """Whether this person is known to have left the war room, at `since` or later."""
        row = self.people.get(person)
        return row is not None and not row.present and (since is None or row.changed_at >= since)

    @property
    def room(self) -> str:
        """The war room's channel id.

        Raises:
            LookupError: it is not open yet; effects that need it wait for it.
        """
        if self.room_if_open is None:
            raise LookupError(f"the war room of {self.incident.reference} is not open yet")
        return self.room_if_open

    @property
    def required_entry(self) -> Entry:
        """The timeline entry that the effect is about.

        Raises:
            LookupError: there is none.
        """
        if self.entry is None:
            raise LookupError("there is no such entry to tell of")
        return self.entry

    @property
    def room_if_open(self) -> str | None:
        """The war room's channel id, or None."""
        return self.places[Place.ROOM].channel if Place.ROOM in self.places else None
