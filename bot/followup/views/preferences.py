"""Where and when a person is reminded of action items: the answers, and the form."""

import json
from datetime import date, timedelta

from bot.core.blocks import (
    Element,
    Message,
    View,
    actions,
    button,
    channel_select,
    context,
    day_picker,
    field_block,
    modal,
)
from bot.core.text import Mrkdwn, day, lines, md
from bot.followup.domain.preferences import Absence, Preferences
from bot.followup.domain.working_hours import BACK_MAX, WorkingHours, first_after, on_or_before
from bot.followup.views.messages import CHANGE_REMINDERS

DIRECT, BACK, FORM = "reminders_direct", "reminders_back", "reminders"
_NOTHING = json.dumps({})
_WHEN = Mrkdwn(
    "You are reminded three days before an action item is due, on the day, and weekly when it is overdue, in your working hours."
)
_PRIVATE = Mrkdwn("What comes from private incidents stays in a direct message.")


def shown(own: Preferences, hours: WorkingHours, today: date) -> Message:
    """Where and when, with buttons to change it."""
    absence = own.absence_on(today)
    return Message.of(
        lines(_where(own), _WHEN, _away(absence, hours, today) if absence else Mrkdwn("")),
        _buttons(own, today),
    )


def moved(own: Preferences, today: date) -> Message:
    """The answer to whoever has chosen another place."""
    return Message.of(_where(own), _buttons(own, today))


def away(own: Preferences, hours: WorkingHours, today: date) -> Message:
    """The answer to whoever has said when they are away."""
    absence = own.absence_on(today)
    return Message.of(_away(absence, hours, today) if absence else back_words(), _buttons(own, today))


def both(own: Preferences, hours: WorkingHours, today: date) -> Message:
    """The answer to whoever has sent the form."""
    absence = own.absence_on(today)
    return Message.of(
        lines(
            _where(own),
            _away(absence, hours, today) if absence else Mrkdwn("You have not said that you will be away."),
        )
    )


def back(own: Preferences, today: date) -> Message:
    """The answer to whoever is back."""
    return Message.of(back_words(), _buttons(own, today))


def back_words() -> Mrkdwn:
    """That nothing is held back any more."""
    return Mrkdwn(":white_check_mark: You are not away any more: you are reminded on all working days.")


def lost(channel: str) -> Message:
    """The direct message to whoever cannot be reminded where they wanted."""
    return Message.of(
        md(
            ":warning: I cannot write in <#{}>, so I remind you of your action items in a direct message from now on.",
            Mrkdwn(channel),
        ),
        actions(button("Change where this comes", CHANGE_REMINDERS, _NOTHING)),
    )


def form(own: Preferences, today: date) -> View:
    """Where, and when not."""
    absence = own.absence_on(today)
    fields = [
        field_block(
            "channel",
            "Where are you reminded?",
            channel_select("In a direct message", own.channel),
            optional=True,
            hint="Leave it empty for a direct message. Others in the channel read along, but not what comes from private incidents.",
        ),
        field_block(
            "from",
            "First day on which you are away",
            day_picker(absence.first if absence else None),
            optional=True,
        ),
        field_block(
            "until",
            "Last day on which you are away",
            day_picker(absence.last if absence else None),
            optional=True,
            hint="What would come on these days comes on the last working day before them. Leave both empty if you are not away.",
        ),
        context(_WHEN),
    ]
    return modal(FORM, "Your reminders", fields, submit="Save", metadata=_NOTHING)


def _where(own: Preferences) -> Mrkdwn:
    if not own.channel:
        return Mrkdwn(":alarm_clock: You are reminded of your action items in a direct message.")
    return md(
        ":alarm_clock: You are reminded of your action items in <#{}>. {}", Mrkdwn(own.channel), _PRIVATE
    )


def _away(absence: Absence, hours: WorkingHours, today: date) -> Mrkdwn:
    """When they are away, and when that comes which would come on these days."""
    before = on_or_before(absence.first - timedelta(days=1), hours)
    after = day(first_after(absence.last, hours))
    said = md(":palm_tree: You are away {}, and are not reminded then.", absence.words)
    if before < today or before >= absence.first:
        return md("{} What falls in these days comes on {}.", said, after)
    early = md("{} What falls in these days comes before them, on {}", said, day(before))
    if absence.last - before <= timedelta(days=BACK_MAX):
        return md("{}.", early)
    return md("{}; what falls more than two weeks after that comes on {}.", early, after)


def _buttons(own: Preferences, today: date) -> Element:
    found = [button("Change", CHANGE_REMINDERS, _NOTHING)]
    if own.absence_on(today):
        found.append(button("I am back", BACK, _NOTHING))
    if own.channel:
        found.append(button("Direct message again", DIRECT, _NOTHING))
    return actions(*found)
