"""Reminders: the promise that ran out, whom it calls, and how it was answered."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.cadence import Nudge, Promise, audience
from bot.domain.events import Fact, RoleAssigned, SeverityChanged, Snoozed, UpdatePosted
from bot.domain.incident import Incident
from bot.domain.policy import Policy
from bot.domain.vocabulary import mention
from bot.views.blocks import Message, actions, button
from bot.views.templates import Templates
from bot.views.text import Mrkdwn, clock, lines, md, span


def reminder(
    incident: Incident, nudge: Nudge, policy: Policy, words: Mrkdwn, absent: Collection[str] = ()
) -> Message:
    """A reminder in the war room, with the answers a tired person needs.

    Args:
        incident: the state at delivery.
        nudge: which promise ran out, when, and how far up the ladder this is.
        policy: how long a snooze is.
        words: what `prose` made.
        absent: who has left the war room, and is not called into it.
    """
    value = str(incident.number)
    if nudge.promise is Promise.COMMANDER:
        buttons = actions(button("Take command", "take_command", value, style="primary"))
    else:
        buttons = actions(
            button("Post update", "update", value, style="primary"),
            button("No change", "no_change", value),
            button(f"Snooze {span(policy.snooze)}", "snooze", value),
        )
    called = " ".join(mention(person) for person in audience(incident, nudge.rung) if person not in absent)
    return Message.of(lines(md("{}", called), words), buttons)


def broadcast(incident: Incident, words: Mrkdwn, channel: str | None) -> Message:
    """A reminder in the incidents channel. It names the war room, never a private one."""
    return Message.of(
        lines(words, Mrkdwn(f"War room: <#{channel}>") if channel and not incident.private else None)
    )


def answered(nudge: Nudge, fact: Fact) -> Message:
    """What a reminder says once a fact has answered it: no buttons any more."""
    subject = "Update reminder" if nudge.promise is Promise.UPDATE else "Commander reminder"
    return Message.of(
        md(
            ":ballot_box_with_check: {}: {} by {} at {}",
            subject,
            _how(fact),
            mention(fact.by),
            clock(fact.at),
        )
    )


def prose(incident: Incident, nudge: Nudge, policy: Policy, templates: Templates, now: datetime) -> Mrkdwn:
    """The words of a reminder, from `messages/reminder_<promise>.j2`.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    return templates.message(
        f"messages/reminder_{nudge.promise}.j2",
        reference=incident.reference,
        title=incident.title,
        severity=incident.severity.label,
        status=incident.status.value,
        cadence=policy.cadence(incident.severity),
        late=now - nudge.slot,
        rung=int(nudge.rung),
    )


def _how(fact: Fact) -> Mrkdwn:
    match fact:
        case UpdatePosted(unchanged=True):
            return Mrkdwn("answered with *no change*")
        case UpdatePosted():
            return Mrkdwn("answered with an update")
        case Snoozed():
            return md("snoozed until {}", clock(fact.until))
        case RoleAssigned():
            return Mrkdwn("command taken")
        case SeverityChanged():
            return md("overtaken: severity is now {}", fact.new.label)
        case _:
            return Mrkdwn("overtaken: the incident was closed")
