"""From an effect to a call: the views put the state of this very moment in words."""

from dataclasses import dataclass
from typing import assert_never

from bot.application.calls import (
    Call,
    CreateChannel,
    Edit,
    FetchMembers,
    FetchMessage,
    FetchPerson,
    FindPosted,
    InvitePeople,
    Pin,
    Post,
    Remove,
    ReplaceView,
    Respond,
    ShareFile,
    Topic,
    UploadFile,
)
from bot.application.scenes import Scene
from bot.core.blocks import Message
from bot.core.templates import Templates
from bot.incident.domain import facts
from bot.incident.domain.cadence import running
from bot.incident.domain.effects import (
    Announce,
    AnswerSource,
    Brief,
    Broadcast,
    CatchUp,
    CloseOffer,
    CloseReminder,
    Effect,
    Invite,
    Meet,
    OpenRoom,
    PinCard,
    Place,
    ReadMembers,
    ReadMessage,
    Remind,
    SetTopic,
    ShareDraft,
    ShowCard,
    ShowLink,
    ShowOffer,
    TellChannel,
    TellRoom,
    TellUninvited,
    Warn,
)
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.views import brief, card, catching_up, messages, modals
from bot.incident.views import reminders as reminder_views
from bot.incident.views.postmortem import postmortem
from bot.store.reminders import nudge_of


@dataclass(frozen=True, slots=True)
class House:
    """What the whole installation shares.

    Attributes:
        incidents_channel: the id of the channel where incidents are announced; empty where there is none.
        slack_url: the workspace's own address; empty where it is not known.
    """

    policy: Policy
    templates: Templates
    incidents_channel: str = ""
    slack_url: str = ""


def render(effect: Effect, scene: Scene, house: House) -> Call | None:
    """The call that makes Slack show this effect; None where there is nothing to show any more.

    Raises:
        TemplateBrokenError: a template of the user's own does not render.
        LookupError: the scene lacks what the effect needs.
    """
    incident = scene.incident
    match effect:
        case OpenRoom():
            return CreateChannel(
                card.channel_names(incident), private=incident.private, since=incident.declared_at
            )
        case ShowLink():
            return _link(effect, scene)
        case Invite() | ReadMembers() | TellUninvited() | Meet():
            return _about_people(effect, scene)
        case SetTopic():
            return Topic(scene.room, card.topic(incident))
        case ShowCard():
            return _post_or_edit(Place.CARD, scene.room, card.card(incident, house.policy), scene)
        case PinCard():
            place = scene.places[Place.CARD]
            return Pin(place.channel, place.ts)
        case Announce():
            return _announcement(scene, house)
        case TellRoom():  # and what else tells of one fact
            return _told(effect, scene, house)
        case CatchUp():
            return Post(scene.room, catching_up.missed(scene.missed, incident, scene.names), scene.key)
        case AnswerSource():
            message = messages.at_source(incident, scene.room)
            return Post(effect.channel, message, scene.key, thread=effect.ts)
        case Broadcast() | Remind():
            return _reminder(effect, scene, house)
        case CloseReminder():  # and CloseBroadcast
            return _closed(scene)
        case ReadMessage():
            return FetchMessage(effect.channel, effect.ts)
        case ShareDraft():
            return _draft(scene, house)
        case Warn():
            about = incident.reference if effect.person else ""
            warning = messages.warning(effect.what, effect.reason, about)
            return Post(effect.person or scene.room, warning, scene.key)
        case _:
            assert_never(effect)


def _link(effect: ShowLink, scene: Scene) -> Call | None:
    message = messages.opened(scene.incident, scene.room_if_open, scene.refused)
    if effect.view_id:
        return ReplaceView(effect.view_id, modals.opening(message.text))
    return Respond(effect.response_url, message) if effect.response_url else None


def _about_people(effect: Invite | ReadMembers | TellUninvited | Meet, scene: Scene) -> Call | None:
    match effect:
        case Invite():
            return _invitation(effect, scene)
        case ReadMembers():
            return FetchMembers(scene.room)
        case TellUninvited():
            return _uninvited(effect, scene)
        case Meet():
            return FetchPerson(effect.person)
        case _:
            assert_never(effect)


def _invitation(effect: Invite, scene: Scene) -> Call | None:
    """Whoever is in the room by now, has left it since, or does not belong to the incident any more, is not invited."""
    wanted = tuple(
        person
        for person in effect.people
        if person in scene.incident.people
        and not scene.is_in(person)
        and not scene.has_left(person, scene.wanted_at)
    )
    return InvitePeople(scene.room, wanted) if wanted else None


def _uninvited(effect: TellUninvited, scene: Scene) -> Call | None:
    person = effect.person
    if person not in scene.incident.people or scene.is_in(person) or scene.has_left(person):
        return None
    return Post(person, messages.uninvited(scene.incident, effect.reason), scene.key)


def _post_or_edit(place: Place, channel: str, message: Message, scene: Scene) -> Call:
    known = scene.places.get(place)
    return Edit(known.channel, known.ts, message) if known else Post(channel, message, scene.key)


def _announcement(scene: Scene, house: House) -> Call | None:
    if scene.incident.private or not house.incidents_channel:
        return None
    message = card.announcement(
        scene.incident,
        house.policy,
        scene.room_if_open,
        opening=not scene.refused,
        slack_url=house.slack_url,
    )
    return _post_or_edit(Place.ANNOUNCEMENT, house.incidents_channel, message, scene)


def _told(effect: TellRoom, scene: Scene, house: House) -> Call | None:
    match effect:
        case ShowOffer():
            return _offer(scene)
        case CloseOffer():
            return _closed_offer(scene)
        case TellChannel():
            return _reply(scene)
        case Brief():
            return _brief(scene, house)
        case _:
            return Post(scene.room, messages.told(scene.told, scene.incident, scene.names), scene.key)


def _reply(scene: Scene) -> Call | None:
    """In the announcement's thread; where there is no announcement, nobody follows it."""
    place = scene.places.get(Place.ANNOUNCEMENT)
    if place is None:
        return None
    return Post(
        place.channel, messages.told(scene.told, scene.incident, scene.names), scene.key, thread=place.ts
    )


def _offer(scene: Scene) -> Call | None:
    """An offer that was answered meanwhile is not made any more."""
    entry, incident = scene.told, scene.incident
    if isinstance(entry.fact, facts.HandoffOffered) and entry.fact.to == incident.handoff_to:
        return Post(scene.room, messages.told(entry, incident, scene.names), scene.key)
    return FindPosted(scene.room, scene.key) if scene.doubt else None


def _closed_offer(scene: Scene) -> Call | None:
    place = scene.places.get(Place.OFFER)
    return Edit(place.channel, place.ts, messages.closed_offer(scene.told.fact)) if place else None


def _brief(scene: Scene, house: House) -> Call | None:
    """To whoever has command now; who has handed it on meanwhile needs none."""
    fact, incident = scene.told.fact, scene.incident
    if not isinstance(fact, facts.RoleAssigned) or incident.commander != fact.person:
        return None
    message = brief.brief(incident, fact, house.policy, scene.room_if_open, scene.now)
    return Post(fact.person, message, scene.key)


def _reminder(effect: Remind, scene: Scene, house: House) -> Call | None:
    """Post it, or bring it up to date. Asked once more: what was answered or replaced meanwhile is not shown."""
    incident, row, in_channel = scene.incident, scene.reminder, isinstance(effect, Broadcast)
    where = house.incidents_channel if in_channel else scene.room
    over = row is None or row.answered_at is not None
    if over or effect.nudge.promise not in running(incident, house.policy, scene.now):
        # One in doubt may stand there all the same, and then it must be closed.
        return FindPosted(where, scene.key) if scene.doubt else None
    written = reminder_views.Written(incident, house.policy, house.templates, scene.now)
    message = (
        reminder_views.broadcast(written, scene.room_if_open)
        if in_channel
        else reminder_views.reminder(written, effect.nudge, scene.absent)
    )
    return Edit(row.channel, row.ts, message) if row and row.ts else Post(where, message, scene.key)


def _closed(scene: Scene) -> Call | None:
    """Say how it was answered; what was only replaced, or overtaken by what the room is told anyway, goes."""
    row = scene.reminder
    if row is None or not row.ts:
        return None  # it was overtaken before it was ever posted
    if scene.entry is None:
        return Remove(row.channel, row.ts, reminder_views.replaced(scene.incident))
    fact = scene.entry.fact
    about = (scene.incident, nudge_of(row), fact)
    message = (
        reminder_views.answered_broadcast(*about, scene.room_if_open)
        if row.broadcast
        else reminder_views.answered(*about)
    )
    if isinstance(fact, (facts.SeverityChanged, facts.StatusChanged)):
        return Remove(row.channel, row.ts, message)
    return Edit(row.channel, row.ts, message)


def _draft(scene: Scene, house: House) -> Call:
    """First the bytes, which nobody sees; then, by the id that they got, the file is shared."""
    incident = scene.incident
    if file := scene.progress.get("file"):
        title = f"{incident.reference} postmortem draft"
        return ShareFile(scene.room, file, title, messages.draft_comment(incident).text)
    text = postmortem(draft(incident, scene.timeline, scene.now), scene.names, house.templates)
    return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text)
