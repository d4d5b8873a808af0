"""Facts in words: the one sentence by which the war room, the timeline and the postmortem tell them.

The sentences are house text: people as `<@U1>`, nothing escaped. Whoever shows them escapes or renders them.
"""

from typing import assert_never

from bot.domain.events import (
    Declared,
    Fact,
    HandoffDeclined,
    HandoffOffered,
    MilestoneSet,
    Noted,
    RoleAssigned,
    RolesEnded,
    SeverityChanged,
    Snoozed,
    StatusChanged,
    UpdatePosted,
)
from bot.domain.vocabulary import Ending, Status, mention
from bot.views.text import moment


def sentence(fact: Fact) -> str:
    """What happened, old and new value included."""
    who = mention(fact.by)
    match fact:
        case Declared():
            return f"{who} declared {fact.severity.label}: {fact.title}"
        case SeverityChanged():
            return f"{who} changed severity from {fact.old.label} to {fact.new.label}" + _because(fact.reason)
        case StatusChanged():
            return _status_changed(fact)
        case RoleAssigned():
            return _role_assigned(fact)
        case RolesEnded():
            return _roles_ended(fact)
        case HandoffOffered():
            instead = f" instead of {mention(fact.instead_of)}" if fact.instead_of else ""
            return f"{who} offered command to {mention(fact.to)}{instead}"
        case HandoffDeclined():
            verb = (
                "declined command"
                if fact.by == fact.to
                else f"took back the offer of command to {mention(fact.to)}"
            )
            return f"{who} {verb}"
        case UpdatePosted():
            return f"{who} posted an update: {update_text(fact)}"
        case Snoozed():
            return f"{who} snoozed the update reminder until {moment(fact.until)}"
        case Noted():
            return f"{fact.text} ({_attribution(fact)})"
        case MilestoneSet():
            return f"{who} recorded that it {_milestone_verb(fact)} at {moment(fact.when)}"
        case _:
            assert_never(fact)


def update_text(fact: UpdatePosted) -> str:
    """Conditions, actions and needs, each where it was given."""
    parts = [fact.conditions]
    if fact.actions:
        parts.append(f"Actions: {fact.actions}")
    if fact.needs:
        parts.append(f"Needs: {fact.needs}")
    return " — ".join(parts)


def _status_changed(fact: StatusChanged) -> str:
    who = mention(fact.by)
    if fact.old.is_closed and not fact.new.is_closed:
        return f"{who} reopened the incident ({fact.old} → {fact.new})" + _because(fact.reason)
    if fact.new is Status.RESOLVED:
        return f"{who} resolved the incident ({fact.old} → {fact.new})" + _because(fact.reason)
    return f"{who} changed status from {fact.old} to {fact.new}" + _because(fact.reason)


def _role_assigned(fact: RoleAssigned) -> str:
    who = mention(fact.by)
    before = f", from {mention(fact.previous)}" if fact.previous else ""
    if fact.forced:
        return f"{mention(fact.person)} took over as {fact.role.title}{before} (forced by {who})"
    if fact.by == fact.person:
        verb = "took over as" if fact.previous else "became"
        return f"{who} {verb} {fact.role.title}{before}"
    return f"{who} made {mention(fact.person)} {fact.role.title}{before}"


def _attribution(fact: Noted) -> str:
    """What happened stands first, who told of it last: a review asks about the one, not the other."""
    noted = f"noted by {mention(fact.by)}"
    if fact.by == fact.author:
        return noted
    return f"said by {fact.app or mention(fact.author)}, {noted}"


def _roles_ended(fact: RolesEnded) -> str:
    who, person = mention(fact.by), mention(fact.person)
    titles = " and ".join(role.title for role in fact.roles)
    if fact.why is Ending.UNASSIGNED:
        return (
            f"{who} stepped down as {titles}"
            if fact.by == fact.person
            else f"{who} removed {person} as {titles}"
        )
    gone = "left the room" if fact.why is Ending.LEFT else "was deactivated in Slack"
    if not titles:
        return f"{person} {gone}: the offer of command to them has ended"
    return f"{person} {gone} and is no longer {titles}"


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""


def _milestone_verb(fact: MilestoneSet) -> str:
    return "started" if fact.milestone.value == "started" else f"was {fact.milestone}"
