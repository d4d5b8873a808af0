"""`/incident reminders`, `away` and `back`: where people are reminded of action items, and when they are left alone."""

import re
from datetime import date

from bot.core import tokens
from bot.core.channels import ChannelProfile
from bot.core.decision import Refused
from bot.followup.commands.loaded import REMINDERS, Chosen, today_of
from bot.followup.domain.preferences import Absence, Change, checked, hours_of, parse_absence
from bot.followup.domain.working_hours import WorkingHours
from bot.followup.views import lists, messages
from bot.followup.views import preferences as views
from bot.incident.commands.registry import NOTHING, button, command, form
from bot.incident.commands.request import Keep, OpenForm, Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability

KEEPS = "reminders"  # the name of what keeps it
_WANTS = Wants.PEOPLE | Wants.CHOSEN
_DIRECT = frozenset({"direct", "dm", "direct message", "directly", "private", "privately"})
_AWAY = re.compile(r"(?:away|off)\b[:,]?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
NOT_UNDERSTOOD = (
    "I do not know “{}”. Write `/incident reminders` to see and change it, `/incident away until friday`, "
    "`/incident back`, or `/incident reminders #channel`."
)
NOT_ASKED = Refused(
    "Slack does not tell at the moment what kind of channel that is. Try it again in a minute.",
    field="channel",
)
NOT_VISIBLE = Refused(
    "I cannot see that channel. If it is private, invite me there first, and try it again.", field="channel"
)
OUTSIDE = Refused("You are not in that private channel. Choose one that you are in.", field="channel")
DIRECT = Refused(
    "That is a direct message, not a channel. Leave the channel empty to be reminded by me directly.",
    field="channel",
)
ARCHIVED = Refused("That channel is archived. Choose another one.", field="channel")
SHARED = Refused(
    "That channel is shared with another organization, which would read your action items. Choose another one.",
    field="channel",
)
ROOM = Refused("A war room is closed one day. Choose a channel that stays.", field="channel")
NOT_AWAY = "You have not said that you are away: you are reminded on all working days."


@command(
    "reminders",
    "reminders [away until friday|back|#channel|direct]",
    "Where you are reminded of your action items, and the days on which you are left alone",
    "`/incident away until friday` or `/incident away 2026-12-20..2027-01-03` says when you are away; what would come on "
    "these days comes on the last working day before them, and after a long absence when you are back. `/incident back` ends "
    "it. `reminders #channel` chooses a channel in the place of the direct message, `reminders direct` ends that. What comes "
    "from private incidents stays in a direct message. Nobody else is told of any of it.",
    about=NOTHING,
    may=Capability.OWN,
    wants=_WANTS,
    loads=REMINDERS,
    synonyms={"away": "away", "back": "back", "reminder": "", "vacation": "away"},
)
def reminders(request: Request) -> Outcome:
    """Show it, or change what is typed."""
    text = request.text.strip()
    if not text:
        chosen = _chosen(request)
        return Reply(views.shown(chosen.own, _hours(request), today_of(request)))
    if match := _AWAY.fullmatch(text):
        return _leave(request, match["rest"])
    if text.lower().rstrip(".!") in ("back", "back again", "back now", "here again"):
        return back(request)
    if text.lower() in _DIRECT:
        return direct(request)
    if tokens.channel(text):
        return _move(request)
    return Refused(NOT_UNDERSTOOD.format(text[:50]))


@button(messages.CHANGE_REMINDERS, about=NOTHING, may=Capability.OWN, wants=_WANTS, loads=REMINDERS)
@button(lists.HOME_REMINDERS, about=NOTHING, may=Capability.OWN, wants=_WANTS, loads=REMINDERS)
def change(request: Request) -> Outcome:
    """Open the form, with what the person has chosen who presses it."""
    return OpenForm(views.form(_chosen(request).own, today_of(request)))


@button(views.BACK, about=NOTHING, may=Capability.OWN, wants=_WANTS, loads=REMINDERS)
def back(request: Request) -> Outcome:
    """They are back."""
    own, today = _chosen(request).own, today_of(request)
    if own.absence_on(today) is None:
        return Refused(NOT_AWAY)
    ended = Change(sets_absence=True)
    return Keep(KEEPS, ended, views.back(own.after(ended), today))


@button(views.DIRECT, about=NOTHING, may=Capability.OWN, wants=_WANTS, loads=REMINDERS)
def direct(request: Request) -> Outcome:
    """Direct messages again."""
    chosen = Change(channel="")
    return Keep(KEEPS, chosen, views.moved(_chosen(request).own.after(chosen), today_of(request)))


@form(views.FORM, about=NOTHING, may=Capability.OWN, wants=_WANTS, loads=REMINDERS)
def choose(request: Request) -> Outcome:
    """Both at once, from the form."""
    own, today = _chosen(request).own, today_of(request)
    channel = str(request.fields.get("channel") or "")
    # One that they had before is not asked of again: if it is gone, they are told when it matters.
    if channel and channel != own.channel and (refused := _refusal(request.chosen_channel, request.actor)):
        return refused
    absence = _of_form(request, today)
    if isinstance(absence, Refused):
        return absence
    wanted = Change(channel, absence, sets_absence=True)
    after = own.after(wanted)
    return Keep(KEEPS, wanted, views.both(after, _hours(request, after.absence), today))


def _leave(request: Request, text: str) -> Outcome:
    if not text.strip():
        return OpenForm(views.form(_chosen(request).own, today_of(request)))
    today = today_of(request) if request.zone or request.policy.time_zone else None
    absence = parse_absence(text, today)
    if isinstance(absence, Refused):
        return absence
    wanted = Change(absence=absence, sets_absence=True)
    after = _chosen(request).own.after(wanted)
    return Keep(KEEPS, wanted, views.away(after, _hours(request, absence), today_of(request)))


def _move(request: Request) -> Outcome:
    if refused := _refusal(request.chosen_channel, request.actor):
        return refused
    wanted = Change(channel=tokens.channel(request.text))
    return Keep(KEEPS, wanted, views.moved(_chosen(request).own.after(wanted), today_of(request)))


def _refusal(channel: ChannelProfile | None, actor: str) -> Refused | None:
    """Why a person cannot be reminded there; None if they can."""
    if channel is None:
        return NOT_ASKED
    reasons = (
        (not channel.is_visible, NOT_VISIBLE),
        (channel.is_direct, DIRECT),
        (channel.is_private and actor not in channel.members, OUTSIDE),
        (channel.is_archived, ARCHIVED),
        (channel.is_shared, SHARED),
        (channel.is_taken, ROOM),
    )
    return next((refused for is_so, refused in reasons if is_so), None)


def _of_form(request: Request, today: date) -> Absence | Refused | None:
    picked = [request.fields.get(name) for name in ("from", "until")]
    if not any(picked):
        return None
    if not picked[1]:
        return Refused("Choose the last day on which you are away, too.", field="until")
    last = date.fromisoformat(str(picked[1]))
    return checked(date.fromisoformat(str(picked[0])) if picked[0] else today, last, today)


def _hours(request: Request, absence: Absence | None = None) -> WorkingHours:
    chosen = _chosen(request)
    own = chosen.own.after(Change(absence=absence, sets_absence=True)) if absence else chosen.own
    return hours_of(chosen.hours, request.policy.postmortem.is_holiday, own)


def _chosen(request: Request) -> Chosen:
    """What the person has chosen before.

    Raises:
        TypeError: the handler is not marked `loads=REMINDERS`.
    """
    if not isinstance(request.loaded, Chosen):
        raise TypeError("this handler needs what the person has chosen: mark it loads=REMINDERS")
    return request.loaded
