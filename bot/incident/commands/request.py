"""What a handler receives, and what it may return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Flag, auto
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.blocks import Block, Message, View
from bot.core.channels import ChannelProfile
from bot.core.decision import Refused
from bot.core.dedup import DedupKey
from bot.core.page_links import MakeLink, no_links
from bot.core.people import Profile
from bot.core.templates import Templates
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.present import Present
from bot.incident.domain.records import Past, Period
from bot.incident.domain.rules import Both, Decision
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.subscriptions import Following, Follows
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity


class Wants(Flag):
    """What must be loaded before a handler is called. Nothing else is read."""

    NOTHING = 0
    OPEN = auto()  # the worst open incidents that the person may see
    LISTED = auto()  # the incidents that the person asks for by the text: see `bot.incident.domain.listing`
    KNOWN = auto()  # incidents that the person may be about to declare again
    ROOM = auto()  # the war room's channel
    MINE = auto()  # the worst open incidents in which the person has a role or a task
    TIMELINE = auto()  # all facts of the incident
    REVIEWED = (
        auto()
    )  # what its postmortem has beside them: the timelines of its duplicates, and its action items
    TOLD = auto()  # which facts' messages in the war room can be edited
    MENTIONED = auto()  # the people who are mentioned
    PEOPLE = auto()  # the same, the people chosen in a form, and the actor
    OTHER = auto()  # another incident that the text or a form names
    UPDATES = auto()  # the incident's updates, the latest, or those before the one that a button names
    DRAFT = auto()  # what the person has typed in the incident's update form and not posted
    TEMPLATES = auto()
    MESSAGE = auto()  # the text and link of a message that was marked with a reaction
    CHANNEL = auto()  # the channel of the act, as Slack describes it
    CHOSEN = auto()  # the channel that is chosen in a form, or that the text names, as Slack describes it
    PRESENT = auto()  # who is in the incident's war room
    TYPED = auto()  # what the person has typed in other forms about the incident and not sent
    LINKS = auto()  # links to pages, for an answer that only the actor sees
    SUBSCRIPTIONS = (
        auto()
    )  # what the person follows; and the incident whose war room this is, if there is one


@dataclass(frozen=True, slots=True)
class MarkedMessage:
    """A message that somebody used a shortcut on, pinned, or marked with a reaction.

    Attributes:
        thread: the time stamp of its thread's first message; empty if it is not in a thread.
        by_reaction: whether it was marked with a reaction.
    """

    channel: str
    ts: str
    text: str = ""
    thread: str = ""
    by_reaction: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Addresses for a direct answer to the person. They expire soon, so they are used at once or not at all."""

    view_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A person's act with typed fields, independent of how it reached the bot.

    Attributes:
        id: the idempotency key: the same for every delivery of the same act.
        channel_is_verified: whether Slack confirms that the act happened in `channel`. A form only remembers where it
            was opened, and that could be forged.
        number: the incident's number, if a button or form names it.
        shortcut: the shortcut that was used; empty if none was.
        text: what was typed after the command.
        synonym: what was typed instead of the command; empty if the command itself was typed.
        sure: whether the person was asked whether a value is right, and confirmed it.
        fields: a form's values by field name; a field that was left empty is absent.
        incident: the incident that the act is about; None if there is none.
        room: the id of the war room's channel; empty if it is not open.
        known: open and recent incidents with similar words, or just open ones if there are no words yet.
        in_its_room: whether the act was done in that incident's war room, where its result is visible.
        other: another incident that the text or a form names, if the person may see it.
        draft: what the person has typed in the form and not sent, by field name.
        typed: the same for other forms about the incident, by the name under which it is kept.
        draft_is_overtaken: whether an update was posted since.
        adopting: the channel of the act; None if Slack could not be asked.
        chosen_channel: the channel that is chosen in the field `channel`, or that the text names; None if none is, or
            Slack could not be asked.
        merged: the numbers and timelines of the incidents that were merged into it.
        action_lines: the action items that come from it, and from those.
        followed: the open incidents among those that the person follows by name, and may see.
        inside: the guests among `people` who are in the incident's war room.
        origin: the addresses for the answer: see `Origin`.
        loaded: what another subject has loaded for its handler: see `Action.loads`.
        page_link: makes links to pages, for the actor; what it makes must be shown to nobody else.
        more_duties: what the actor has to do in other subjects, for `mine`.
    """

    id: str
    team: str
    actor: str
    now: datetime
    policy: Policy
    channel: str = ""
    channel_is_verified: bool = True
    number: int | None = None
    text: str = ""
    synonym: str = ""
    sure: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    message: MarkedMessage | None = None
    shortcut: str = ""
    incident: Incident | None = None
    in_its_room: bool = False
    origin: Origin = field(default_factory=Origin)
    room: str = ""
    known: Sequence[ListedIncident] = ()
    open_incidents: Shortlist = field(default_factory=Shortlist)
    mine: Shortlist = field(default_factory=Shortlist)
    timeline: Sequence[Entry] = ()
    merged: Sequence[tuple[int, Sequence[Entry]]] = ()
    action_lines: Sequence[ActionLine] = ()
    told: frozenset[int] = frozenset()
    people: Mapping[str, Profile] = field(default_factory=dict)
    other: ListedIncident | None = None
    draft: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    draft_is_overtaken: bool = False
    templates: Templates | None = None
    inside: frozenset[str] = frozenset()
    present: Present = field(default_factory=Present)
    adopting: ChannelProfile | None = None
    chosen_channel: ChannelProfile | None = None
    follows: Follows = field(default_factory=Follows)
    followed: Sequence[ListedIncident] = ()
    loaded: Any = None
    page_link: MakeLink = no_links
    more_duties: Sequence[Block] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """The actor's time zone; None if it is unknown, or unknown to this machine."""
        profile = self.people.get(self.actor)
        try:
            return ZoneInfo(profile.zone) if profile and profile.zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    @property
    def names(self) -> dict[str, str]:
        """The names of the people who were loaded, by id."""
        return {person: profile.name for person, profile in self.people.items()}

    @property
    def about(self) -> Incident:
        """The incident, for handlers that are called only if there is one.

        Raises:
            LookupError: there is none; the command is not marked `about=INCIDENT`.
        """
        if self.incident is None:
            raise LookupError("this handler needs an incident: mark its command about=INCIDENT")
        return self.incident

    @property
    def wording(self) -> Templates:
        """The templates, for handlers that want them.

        Raises:
            LookupError: the handler is not marked `wants=Wants.TEMPLATES`.
        """
        if self.templates is None:
            raise LookupError("this handler needs the templates: mark it wants=Wants.TEMPLATES")
        return self.templates


def moment(request: Request, field_name: str) -> datetime | None:
    """The date and time picked in this field of a form (UTC); None if it was left empty."""
    picked = request.fields.get(field_name)
    return datetime.fromtimestamp(int(picked), UTC) if picked else None


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that only the actor sees.

    Attributes:
        in_place: whether it takes the place of the message whose button was pressed.
        in_channel: whether everybody in the channel sees it, because the actor asked for that.
    """

    message: Message
    in_place: bool = False
    in_channel: bool = False


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Open a form.

    Attributes:
        on_top: whether it is shown over the form whose button was pressed, which keeps what is typed in it; otherwise it
            takes the place of that form.
    """

    view: View
    on_top: bool = False


@dataclass(frozen=True, slots=True)
class ChangeIncident:
    """Change the incident by a rule, which is given the state at the time of the commit.

    Attributes:
        ask_again: the form to show if the rule refuses unless the person is sure; None if a button next to the
            refusal asks that.
        dedup_keys: what makes another act count as a repetition of this one.
        done: given the state after it, the answer to the person; None if the war room shows the change.
        in_place: whether the answer takes the place of the message whose button was pressed.
        next_page: what takes the place of the submitted form, given the state after the change; None closes the form.
    """

    decide: Callable[[Incident], Decision]
    ask_again: Callable[[Refused], View] | None = None
    dedup_keys: tuple[DedupKey, ...] = ()
    done: Callable[[Incident], Message] | None = None
    in_place: bool = False
    next_page: Callable[[Incident], View] | None = None


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """Keep what a person has typed in a form so far, in case they close it before they send it.

    Slack does not tell what is in a form that is closed (`view_closed` has no values), so it is kept while it is typed.

    Attributes:
        form: the name under which it is kept; that of the update form, unless given otherwise.
    """

    fields: Mapping[str, str]
    form: str = "update"


@dataclass(frozen=True, slots=True)
class Follow:
    """Change what the person follows. It is no fact of an incident, and nobody else is told of it.

    Attributes:
        done: the answer to the person.
        in_place: whether it takes the place of the message whose button was pressed.
    """

    changes: tuple[Following, ...]
    done: Message
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep what the person has chosen for themselves in another subject. It is no fact, and nobody else is told of it.

    Attributes:
        what: the name of what keeps it.
        value: what is kept.
        done: the answer to the person; in a form it takes the form's place.
        in_place: whether it takes the place of the message whose button was pressed.
    """

    what: str
    value: Any
    done: Message
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class ChangeBoth:
    """Change the incident and another one by a rule, which is given both states at the time of the commit.

    Attributes:
        other: the number of the other one.
    """

    other: int
    decide: Callable[[Incident, Incident], Both]


@dataclass(frozen=True, slots=True)
class DeclareIncident:
    """Declare an incident by a rule, which is given the incident's number.

    Attributes:
        dedup_keys: what makes another declaration count as a repetition of this one.
        ask: asks whether the person wants to declare another incident. It is given the incident that is declared
            already, and its war room's channel if that is open. None if the person was asked before.
        more: effects in addition to those of every declaration.
    """

    title: str
    decide: Callable[[int], Decision]
    dedup_keys: tuple[DedupKey, ...] = ()
    ask: "Callable[[Incident, str | None], Reply | OpenForm] | None" = None
    more: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Show something in the war room without changing the incident, such as the postmortem draft.

    Attributes:
        effects: what to show.
        done: the answer to the person.
        once: an idempotency key that is wider than the request's, such as "this message is noted".
        again: the answer to the person if the act was done before.
        dedup_keys: what makes another act count as a repetition of this one.
    """

    effects: tuple[Effect, ...]
    done: Message
    once: str = ""
    again: Message | None = None
    dedup_keys: tuple[DedupKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """Begin or change something of another subject by its rule.

    Attributes:
        subject: its name.
        number: of what is changed; None where the rule, which is then given the new number, begins something.
        decide: the rule; it answers with facts, or refuses.
        done: given the state that came of it, what the person is told; in a form it takes the form's place.
        dedup_keys: what makes another act count as this one.
        in_place: whether the answer takes the place of the message whose button was pressed.
        next_page: given that state, what takes the place of the submitted form; None for what the person is told.
    """

    subject: str
    number: int | None
    decide: Callable[[Any], Sequence[Any] | Refused]
    done: Callable[[Any], Message]
    dedup_keys: tuple[DedupKey, ...] = ()
    in_place: bool = False
    next_page: Callable[[Any], View] | None = None


@dataclass(frozen=True, slots=True)
class LookBack:
    """Read the records of the incidents that were declared in some periods, and go on with them.

    Attributes:
        severity: only those that have this severity now; None for all.
        everybodys: whether only those count that everybody may see, because others than the actor will see the result.
        then: given what was read of each period, what to do. It may take a while, and is called in a thread.
        work: whether only what people did is read, and not the records.
    """

    periods: Sequence[Period]
    severity: Severity | None
    everybodys: bool
    then: "Callable[[Sequence[Past]], Outcome]"
    work: bool = False


Outcome = (
    Reply
    | OpenForm
    | LookBack
    | ChangeIncident
    | ChangeBoth
    | KeepDraft
    | Follow
    | Keep
    | DeclareIncident
    | Show
    | Write
    | Refused
)
