"""Reminders: what was promised, who is called, and how the reminder was answered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.blocks import Element, Message, actions, button
from bot.core.templates import Templates
from bot.core.text import Mrkdwn, clock, clock_and_day, interval, lines, md, span, when
from bot.incident.domain import facts
from bot.incident.domain.cadence import (
    EscalationStep,
    Promise,
    ScheduledReminder,
    audience,
    cadence,
    promised_at,
    promises_due,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudges import is_forgotten
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import mention
from bot.incident.views import nudges

_NOTHING, _MINUTE, _HALF_A_DAY = timedelta(0), timedelta(minutes=1), timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class ReminderText:
    """What the text of a reminder is made from: the state of an incident at one moment."""

    incident: Incident
    policy: Policy
    templates: Templates
    now: datetime

    def prose(self, promise: Promise, step: EscalationStep, *, first: bool = True) -> Mrkdwn:
        """The text about one promise, from `messages/reminder_<promise>.j2`.

        Args:
            promise: what it is about.
            step: the escalation step.
            first: whether no earlier line of the message names the incident.

        Raises:
            TemplateBrokenError: the user's own template does not render.
        """
        incident, promised = self.incident, promised_at(self.incident, self.policy)
        return self.templates.message(
            f"messages/reminder_{promise}.j2",
            reference=incident.reference,
            title=incident.title,
            severity=incident.severity.label,
            status=incident.status.value,
            cadence=cadence(incident, self.policy),
            promised=_clock(promised, self.now),
            news=self._news(),
            ahead=_rounded(max(promised - self.now, _NOTHING)),
            late=max(self.now - promised, _NOTHING),
            rung=int(step),
            first=first,
        )

    def _news(self) -> Mrkdwn:
        incident, every = self.incident, interval(cadence(self.incident, self.policy))
        if incident.updated_at is None:
            age = span(self.now - incident.declared_at)
            return md(
                "No update yet, declared {} ago ({}), due every {}.", age, when(incident.declared_at), every
            )
        age = span(self.now - incident.updated_at)
        return md("Last update {} ago ({}), due every {}.", age, when(incident.updated_at), every)

    def words(self, promises: Iterable[Promise], step: EscalationStep) -> Mrkdwn:
        """The text about several promises, one below the other."""
        return lines(*(self.prose(each, step, first=at == 0) for at, each in enumerate(promises)))

    def promises(self, *, in_channel: bool = False) -> list[Promise]:
        """The promises to speak of; a missing commander comes first."""
        return sorted(promises_due(self.incident, self.policy, self.now, in_channel=in_channel))


def reminder(
    reminder_text: ReminderText, scheduled: ScheduledReminder, absent: Collection[str] = ()
) -> Message:
    """A reminder in the war room, with the answers a tired person needs.

    Args:
        reminder_text: the state at delivery.
        scheduled: which promise ran out, when, and the escalation step.
        absent: people who have left the war room; they are not called.
    """
    incident, promises = reminder_text.incident, reminder_text.promises()
    value = str(incident.number)
    buttons: list[Element] = []
    if Promise.COMMANDER in promises:
        buttons.append(button("Take command", "take_command", value, style="primary"))
    if Promise.UPDATE in promises:
        buttons += [
            button("Post update", "update", value, style=None if buttons else "primary"),
            button("No change", "no_change", value),
            button(f"Snooze {span(reminder_text.policy.snooze)}", "snooze", value),
        ]
    called = " ".join(
        mention(person) for person in audience(incident, scheduled.rung) if person not in absent
    )
    forgotten = None
    if is_forgotten(incident, reminder_text.policy, reminder_text.now):
        forgotten = nudges.forgotten(incident, reminder_text.now)
        buttons += nudges.why_still_open(incident)
    words = reminder_text.words(promises, scheduled.rung)
    return Message.of(lines(md("{}", called), words, forgotten), actions(*buttons))


def broadcast(reminder_text: ReminderText, channel: str | None) -> Message:
    """A reminder in the incidents channel. It names the war room, unless the incident is private."""
    incident, promises = reminder_text.incident, reminder_text.promises(in_channel=True)
    where = Mrkdwn(f"War room: <#{channel}>") if channel and not incident.private else None
    text = lines(reminder_text.words(promises, EscalationStep.CHANNEL), where)
    if Promise.COMMANDER not in promises:
        return Message.of(text)
    return Message.of(
        text, actions(button("Take command", "take_command", str(incident.number), style="primary"))
    )


def answered(incident: Incident, scheduled: ScheduledReminder, fact: facts.Fact) -> Message:
    """A reminder in the war room after a fact has answered it: how, without buttons."""
    return Message.of(_answered(md("*{}*", incident.reference), scheduled, fact))


def answered_broadcast(
    incident: Incident, scheduled: ScheduledReminder, fact: facts.Fact, channel: str | None
) -> Message:
    """The same in the incidents channel, where it must also name the incident and its war room."""
    room = Mrkdwn(f" · <#{channel}>") if channel else Mrkdwn("")
    return Message.of(_answered(md("*{}* {}{}", incident.reference, incident.title, room), scheduled, fact))


def replaced(incident: Incident) -> Message:
    """An old reminder that a newer one has replaced, if Slack does not let the bot delete it."""
    return Message.of(
        md(":ballot_box_with_check: There is a newer reminder of *{}* below.", incident.reference)
    )


def _clock(at: datetime, now: datetime) -> Mrkdwn:
    """The time of day; with the day if that may be another one."""
    return clock(at) if now - at < _HALF_A_DAY else clock_and_day(at)


def _rounded(length: timedelta) -> timedelta:
    """Round to whole minutes, if it is at least one: a reminder comes a moment late, and would say `4 min` for five."""
    return timedelta(minutes=round(length / _MINUTE)) if length >= _MINUTE else length


def _answered(about: Mrkdwn, scheduled: ScheduledReminder, fact: facts.Fact) -> Mrkdwn:
    subject = "Update reminder" if scheduled.promise is Promise.UPDATE else "Commander reminder"
    return md(
        ":ballot_box_with_check: {} of {}: {} by {} at {}",
        subject,
        about,
        _how(fact),
        mention(fact.by),
        clock(fact.at),
    )


def _how(fact: facts.Fact) -> Mrkdwn:
    match fact:
        case facts.UpdatePosted(unchanged=True):
            return Mrkdwn("answered with *no change*")
        case facts.UpdatePosted():
            return Mrkdwn("answered with an update")
        case facts.Snoozed():
            return md("snoozed until {}{}", clock(fact.until), f": {fact.reason}," if fact.reason else "")
        case facts.RoleAssigned():
            return Mrkdwn("command taken")
        case facts.SeverityChanged():
            return md("overtaken: severity is now {}", fact.new.label)
        case facts.StatusChanged():
            return md("overtaken: status is now {}", fact.new)
        case (
            facts.Declared()
            | facts.RolesEnded()
            | facts.HandoffOffered()
            | facts.HandoffDeclined()
            | facts.TakeoverAsked()
            | facts.TakeoverDeclined()
            | facts.Noted()
            | facts.MilestoneSet()
            | facts.Parked()
            | facts.Unparked()
            | facts.Reparked()
            | facts.Decided()
            | facts.Objected()
            | facts.DecisionWithdrawn()
            | facts.DecisionStands()
            | facts.TaskFact()
            | facts.DuplicateMerged()
            | facts.DuplicateReopened()
            | facts.EntryFact()
            | facts.UpkeepFact()
            | facts.PostmortemFact()
            | facts.SeverityConfirmed()
            | facts.NudgeDeclined()
            | facts.CommanderInDoNotDisturb()
            | facts.BridgeSet()
            | facts.BridgeRemoved()
            | facts.ServicesChanged()
        ):
            return Mrkdwn("overtaken")
        case _:
            assert_never(fact)
