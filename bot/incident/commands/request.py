"""What a handler is given, and what it may answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Flag, auto
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.alike import Alike
from bot.core.blocks import Message, View
from bot.core.decision import Refused
from bot.core.people import Profile
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import Decision
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.timeline import Entry


class Wants(Flag):
    """What a handler needs to be loaded before it is called; all else would be read in vain."""

    NOTHING = 0
    OPEN = auto()  # the worst of the open incidents that the person may see
    TIMELINE = auto()  # the latest entries of the incident it is about
    MENTIONED = auto()  # the people mentioned
    PEOPLE = auto()  # these, those chosen in a form, and the one who asks


@dataclass(frozen=True, slots=True)
class MarkedMessage:
    """A message that somebody used a shortcut on, pinned, or marked with :pushpin:.

    Attributes:
        thread: the time stamp of the message whose thread it stands in; empty where it stands in none.
    """

    channel: str
    ts: str
    text: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Addresses that answer the person directly: perishable, used at once or not at all."""

    view_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A person's act, typed, wherever it came from.

    Attributes:
        id: the same for every delivery of the same act; a second one changes nothing.
        vouched: whether Slack vouches that it happened in `channel`. A form only remembers where it was opened, and
            what it remembers could be forged.
        number: the incident's, where a button or form names it.
        text: what was typed behind the word.
        synonym: what was typed instead of the word; empty where the word itself was.
        sure: whether the person was asked back, and means it.
        fields: a form's values by field name; absent where left empty.
        incident: the one it is about; None where there is none in this place.
        in_its_room: whether it was done in that incident's war room, where what comes of it is seen.
        inside: of the guests among `people`, those who are in the incident's war room.
        origin: how the answer gets back: see `Origin`.
    """

    id: str
    team: str
    actor: str
    now: datetime
    policy: Policy
    channel: str = ""
    vouched: bool = True
    number: int | None = None
    text: str = ""
    synonym: str = ""
    sure: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    message: MarkedMessage | None = None
    incident: Incident | None = None
    in_its_room: bool = False
    origin: Origin = field(default_factory=Origin)
    open_incidents: Shortlist = field(default_factory=Shortlist)
    timeline: Sequence[Entry] = ()
    people: Mapping[str, Profile] = field(default_factory=dict)
    inside: frozenset[str] = frozenset()

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone of the person who asks; None where it is not known, here or at all."""
        profile = self.people.get(self.actor)
        try:
            return ZoneInfo(profile.zone) if profile and profile.zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    @property
    def names(self) -> dict[str, str]:
        """The names of the people that were loaded, by their ids."""
        return {person: profile.name for person, profile in self.people.items()}

    @property
    def about(self) -> Incident:
        """The incident, in handlers that are only called where there is one.

        Raises:
            LookupError: there is none; the word is not marked `about=INCIDENT`.
        """
        if self.incident is None:
            raise LookupError("this handler needs an incident: mark its word about=INCIDENT")
        return self.incident


def moment(request: Request, field_name: str) -> datetime | None:
    """The date and time that was picked in this field of a form (UTC); None where it was left empty."""
    picked = request.fields.get(field_name)
    return datetime.fromtimestamp(int(picked), UTC) if picked else None


@dataclass(frozen=True, slots=True)
class Reply:
    """Only the person who asked sees this."""

    message: Message


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Ask more, in a form."""

    view: View


@dataclass(frozen=True, slots=True)
class ChangeIncident:
    """Change the incident by a rule, which waits for the state of that moment. The war room shows the rest.

    Attributes:
        ask_again: the form to show instead where the rule refuses unless the person is sure; None where a button
            beside the refusal says so.
        alike: what makes another act count as this one.
    """

    decide: Callable[[Incident], Decision]
    ask_again: Callable[[Refused], View] | None = None
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclareIncident:
    """Begin an incident; the rule waits for its number.

    Attributes:
        alike: what makes another declaration count as this one.
        ask: given the incident that was declared so, and the channel of its war room if that is open: asks whether
            another one is meant. None where that was asked already.
        more: what is to be shown besides what every declaration shows.
    """

    title: str
    decide: Callable[[int], Decision]
    alike: tuple[Alike, ...] = ()
    ask: "Callable[[Incident, str | None], Reply | OpenForm] | None" = None
    more: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Show something in the war room that is no change, such as the postmortem draft.

    Attributes:
        effects: what to show.
        done: what the person is told.
        once: the act's identity where it is wider than the request's, such as "this message is noted".
        again: what the person is told where the act was done before.
        alike: what makes another act count as this one.
    """

    effects: tuple[Effect, ...]
    done: Message
    once: str = ""
    again: Message | None = None
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """Begin or change something of another subject by its rule.

    Attributes:
        subject: its name.
        number: of what is changed; None where the rule, which is then given the new number, begins something.
        decide: the rule; it answers with facts, or refuses.
        done: given the state that came of it, what the person is told.
        alike: what makes another act count as this one.
    """

    subject: str
    number: int | None
    decide: Callable[[Any], Sequence[Any] | Refused]
    done: Callable[[Any], Message]
    alike: tuple[Alike, ...] = ()


Outcome = Reply | OpenForm | ChangeIncident | DeclareIncident | Show | Write | Refused
