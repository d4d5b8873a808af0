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
    ReplaceView,
    Respond,
    ShareFile,
    Topic,
    UploadFile,
)
from bot.application.scenes import Scene
from bot.domain.cadence import due
from bot.domain.effects import (
    Announce,
    Broadcast,
    CatchUp,
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
    TellRoom,
    TellUninvited,
    Warn,
)
from bot.domain.policy import Policy
from bot.domain.postmortem import draft
from bot.store.reminders import nudge_of
from bot.views import card, catching_up, messages, modals
from bot.views import reminders as reminder_views
from bot.views.blocks import Message
from bot.views.postmortem import postmortem
from bot.views.templates import Templates


@dataclass(frozen=True, slots=True)
class House:
    """What the whole installation shares.

    Attributes:
        incidents_channel: the id of the channel where incidents are announced; empty where there is none.
    """

    policy: Policy
    templates: Templates
    incidents_channel: str = ""


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
        case Invite():
            return _invitation(effect, scene)
        case ReadMembers():
            return FetchMembers(scene.room)
        case TellUninvited():
            return _uninvited(effect, scene)
        case SetTopic():
            return Topic(scene.room, card.topic(incident))
        case ShowCard():
            return _post_or_edit(Place.CARD, scene.room, card.card(incident, house.policy), scene)
        case PinCard():
            place = scene.places[Place.CARD]
            return Pin(place.channel, place.ts)
        case Announce():
            return _announcement(scene, house)
        case TellRoom():
            return _told(scene)
        case CatchUp():
            return Post(scene.room, catching_up.missed(scene.missed, incident), scene.key)
        case Broadcast() | Remind():
            return _reminder(effect, scene, house)
        case CloseReminder():  # and CloseBroadcast
            return _closed(scene)
        case ReadMessage():
            return FetchMessage(effect.channel, effect.ts)
        case ShareDraft():
            return _draft(scene, house)
        case Meet():
            return FetchPerson(effect.person)
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
    message = card.announcement(scene.incident, house.policy, scene.room_if_open, opening=not scene.refused)
    return _post_or_edit(Place.ANNOUNCEMENT, house.incidents_channel, message, scene)


def _told(scene: Scene) -> Call:
    if scene.entry is None:
        raise LookupError("there is no such entry to tell of")
    return Post(scene.room, messages.told(scene.entry, scene.incident, scene.names), scene.key)


def _reminder(effect: Remind, scene: Scene, house: House) -> Call | None:
    """Asked once more: what was answered or overtaken meanwhile is not sent."""
    incident, nudge, policy = scene.incident, effect.nudge, house.policy
    answered = scene.reminder is None or scene.reminder.answered_at is not None
    where = house.incidents_channel if isinstance(effect, Broadcast) else scene.room
    if answered or nudge not in due(incident, policy, scene.now):
        # One in doubt may stand there all the same, and then it must be closed.
        return FindPosted(where, scene.key) if scene.doubt else None
    words = reminder_views.prose(incident, nudge, policy, house.templates, scene.now)
    message = (
        reminder_views.broadcast(incident, words, scene.room_if_open)
        if isinstance(effect, Broadcast)
        else reminder_views.reminder(incident, nudge, policy, words, scene.absent)
    )
    return Post(where, message, scene.key)


def _closed(scene: Scene) -> Call | None:
    row = scene.reminder
    if row is None or not row.ts or scene.entry is None:
        return None  # it was overtaken before it was ever posted
    return Edit(row.channel, row.ts, reminder_views.answered(nudge_of(row), scene.entry.fact))


def _draft(scene: Scene, house: House) -> Call:
    """First the bytes, which nobody sees; then, by the id that they got, the file is shared."""
    incident = scene.incident
    if file := scene.progress.get("file"):
        title = f"{incident.reference} postmortem draft"
        return ShareFile(scene.room, file, title, messages.draft_comment(incident).text)
    text = postmortem(draft(incident, scene.timeline, house.policy, scene.now), scene.names, house.templates)
    return UploadFile(filename=f"{incident.reference.lower()}-postmortem.md", content=text)
