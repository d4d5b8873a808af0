"""The sentence for each fact, as the war room, the timeline and the postmortem show it.

A sentence begins with what happened and ends with who did it, because a blameless review asks what happened. Only
declarations, offers and taking command begin with the person.
The sentences are raw text: people are `<@U1>`, and nothing is escaped. The caller escapes or renders them.
"""

from typing import assert_never

from bot.core.text import close_code_block, moment
from bot.incident.domain import facts
from bot.incident.domain.decisions import decision_label
from bot.incident.domain.parking import ParkedThought, parked_label
from bot.incident.domain.roles import title_of, titles_of
from bot.incident.domain.vocabulary import RoleEndReason, Status, mention, reference
from bot.incident.views import milestones
from bot.incident.views.attribution import with_attribution
from bot.incident.views.nudge_sentences import nudge_answer
from bot.incident.views.postmortem_words import postmortem_sentence
from bot.incident.views.services import affects, services_sentence
from bot.incident.views.task_sentences import task_sentence
from bot.incident.views.upkeep import upkeep_sentence

_NO_TOKEN = str.maketrans("<>", "\u2039\u203a")


_TAKEOVER = (facts.TakeoverAsked, facts.TakeoverDeclined)


def sentence(fact: facts.Fact) -> str:
    """What happened, old and new value included."""
    match fact:
        case facts.Declared():
            after = " (it was over already)" if fact.without_room else ""
            came_from = f", which was {fact.came_from}" if fact.came_from else ""
            return f"{mention(fact.by)} declared {fact.severity.label}: {fact.title}{came_from}{after}{affects(fact)}"
        case facts.SeverityChanged():
            return _severity_changed(fact)
        case facts.StatusChanged():
            return _status_changed(fact)
        case facts.RoleAssigned():
            return _role_assigned(fact)
        case facts.RolesEnded():
            return _roles_ended(fact)
        case (
            facts.HandoffOffered()
            | facts.HandoffDeclined()
            | facts.TakeoverAsked()
            | facts.TakeoverDeclined()
        ):
            return _about_takeover(fact) if isinstance(fact, _TAKEOVER) else _about_handoff(fact)
        case facts.UpdatePosted() | facts.Snoozed():
            return _about_updates(fact)
        case facts.Noted():
            return with_attribution(fact.text, _attribution(fact))
        case facts.MilestoneSet():
            return milestones.sentence(fact)
        case facts.DuplicateMerged() | facts.DuplicateReopened():
            return _about_duplicate(fact)
        case facts.Parked() | facts.Unparked() | facts.Reparked():
            return _about_parking(fact)
        case facts.Decided() | facts.Objected() | facts.DecisionWithdrawn() | facts.DecisionStands():
            return _about_decision(fact)
        case facts.TaskFact():
            return task_sentence(fact)
        case facts.UpkeepFact() | facts.PostmortemFact():
            return (
                postmortem_sentence(fact) if isinstance(fact, facts.PostmortemFact) else upkeep_sentence(fact)
            )
        case facts.EntryFact():
            return _about_entry(fact)
        case facts.SeverityConfirmed() | facts.NudgeDeclined() | facts.CommanderInDoNotDisturb():
            return _about_attention(fact)
        case facts.BridgeSet() | facts.BridgeRemoved() | facts.ServicesChanged():
            return services_sentence(fact) if isinstance(fact, facts.ServicesChanged) else _about_bridge(fact)
        case _:
            assert_never(fact)


def link(fact: facts.Fact) -> str:
    """The link to the message, if the fact is a noted or parked message or a task made from one; else empty."""
    return fact.link if isinstance(fact, (facts.Noted, facts.Parked, facts.TaskAdded)) else ""


def update_text(fact: facts.UpdatePosted) -> str:
    """Conditions, actions and needs, those that were given."""
    parts = [fact.conditions]
    if fact.actions:
        parts.append(f"Actions: {fact.actions}")
    if fact.needs:
        parts.append(f"Needs: {fact.needs}")
    return " — ".join(parts)


def _about_handoff(fact: facts.HandoffOffered | facts.HandoffDeclined) -> str:
    who = mention(fact.by)
    if isinstance(fact, facts.HandoffOffered):
        instead = f" instead of {mention(fact.instead_of)}" if fact.instead_of else ""
        return f"{who} offered command to {mention(fact.to)}{instead}"
    if fact.by == fact.to:
        return f"{who} declined command"
    return f"{who} took back the offer of command to {mention(fact.to)}"


def _about_updates(fact: facts.UpdatePosted | facts.Snoozed) -> str:
    who = mention(fact.by)
    if isinstance(fact, facts.UpdatePosted):
        return with_attribution(f"Update: {update_text(fact)}", f"posted by {who}")
    return with_attribution(
        f"Update reminder snoozed until {moment(fact.until)}" + _because(fact.reason), f"by {who}"
    )


def _about_attention(
    fact: facts.SeverityConfirmed | facts.NudgeDeclined | facts.CommanderInDoNotDisturb,
) -> str:
    if isinstance(fact, facts.CommanderInDoNotDisturb):
        return f"{mention(fact.person)}, who has command, is in do-not-disturb until {moment(fact.until)}"
    return with_attribution(nudge_answer(fact), f"by {mention(fact.by)}")


def _about_takeover(fact: facts.TakeoverAsked | facts.TakeoverDeclined) -> str:
    who = mention(fact.by)
    if isinstance(fact, facts.TakeoverAsked):
        return f"{who} asked {mention(fact.commander)} to hand over command"
    if fact.by == fact.to:
        return f"{who} took back the request for command"
    return f"{who} kept command, for which {mention(fact.to)} had asked"


def _about_duplicate(fact: facts.DuplicateMerged | facts.DuplicateReopened) -> str:
    what = (
        f"{reference(fact.number)} was merged into this incident as a duplicate: {fact.title}"
        if isinstance(fact, facts.DuplicateMerged)
        else f"{reference(fact.number)} is open again, and is no longer a duplicate of this incident"
        + _because(fact.reason)
    )
    return with_attribution(what, f"by {mention(fact.by)}")


def _about_bridge(fact: facts.AboutBridge) -> str:
    """Without the address: a timeline has more readers than the war room."""
    if isinstance(fact, facts.BridgeSet) and fact.by_policy:
        return "Video bridge opened"
    what = "Video bridge set" if isinstance(fact, facts.BridgeSet) else "Video bridge removed"
    return with_attribution(what, f"by {mention(fact.by)}")


def _severity_changed(fact: facts.SeverityChanged) -> str:
    verb = "lowered" if fact.new > fact.old else "raised"
    words = f"Severity {verb} from {fact.old.label} to {fact.new.label}" + _because(fact.reason)
    impact = f" — {'; '.join(fact.impact)}" if fact.impact else ""
    return with_attribution(close_code_block(words) + impact, f"by {mention(fact.by)}")


def _about_parking(fact: facts.Parked | facts.Unparked | facts.Reparked) -> str:
    name = parked_label(fact.number)
    match fact:
        case facts.Parked():
            return with_attribution(f"Parked as {name}: {fact.text}", _attribution(fact, "parked"))
        case facts.Unparked():
            what = f"{name} taken out of the parking lot: {fact.text}"
        case facts.Reparked():
            what = f"{name} put back into the parking lot: {fact.text}"
        case _:
            assert_never(fact)
    return with_attribution(what, f"by {mention(fact.by)}")


def _about_decision(
    fact: facts.Decided | facts.Objected | facts.DecisionWithdrawn | facts.DecisionStands,
) -> str:
    name = decision_label(fact.number)
    match fact:
        case facts.Decided():
            what, verb = _decided(fact), "recorded by"
        case facts.Objected():
            what, verb = f"Strong objection to decision {name}: {fact.reason}", "by"
        case facts.DecisionWithdrawn():
            what, verb = f"Decision {name} withdrawn", "by"
        case facts.DecisionStands():
            return f"Decision {name} stands: nobody objected in time"
        case _:
            assert_never(fact)
    return with_attribution(what, f"{verb} {mention(fact.by)}")


def _decided(fact: facts.Decided) -> str:
    instead = f", instead of {decision_label(fact.instead_of)}" if fact.instead_of is not None else ""
    parts = [f"Decision {decision_label(fact.number)}{instead}: {fact.text}"]
    if fact.risk:
        parts.append(f"Risk: {fact.risk}")
    if fact.way_back:
        parts.append(f"Way back: {fact.way_back}")
    return " — ".join(parts)


def _status_changed(fact: facts.StatusChanged) -> str:
    if fact.old.is_closed and not fact.new.is_closed:
        what = f"Incident reopened ({fact.old} → {fact.new})"
    elif isinstance(fact, facts.MarkedDuplicate):
        what = f"Incident closed as a duplicate of {reference(fact.of)} ({fact.old} → {fact.new})"
    elif isinstance(fact, facts.Cancelled):
        what = f"Incident cancelled as a false alarm ({fact.old} → {fact.new})"
    elif fact.new is Status.RESOLVED:
        what = f"Incident resolved ({fact.old} → {fact.new})"
    else:
        what = f"Status changed from {fact.old} to {fact.new}"
    return with_attribution(what + _because(fact.reason), f"by {mention(fact.by)}")


def _role_assigned(fact: facts.RoleAssigned) -> str:
    person = mention(fact.person)
    before = f", from {mention(fact.previous)}" if fact.previous else ""
    verb = "took over as" if fact.forced or (fact.previous and fact.by == fact.person) else "became"
    words = f"{person} {verb} {title_of(fact)}{before}"
    if fact.forced:
        return f"{words} (forced by {mention(fact.by)})"
    return words if fact.by == fact.person else f"{words} (assigned by {mention(fact.by)})"


def _attribution(fact: facts.Noted | facts.Parked, verb: str = "noted") -> str:
    """Who put something on the timeline, and who said it if that was another person."""
    noted = f"{verb} by {mention(fact.by)}"
    if fact.by == fact.author:
        return noted
    return f"said by {author(fact)}, {noted}"


def author(fact: facts.Noted | facts.Parked | ParkedThought) -> str:
    """Who said it. An app chooses its own name, so the name must not be read as a mention or a link."""
    return fact.app.translate(_NO_TOKEN) if fact.app else mention(fact.author)


def _roles_ended(fact: facts.RolesEnded) -> str:
    who, person = mention(fact.by), mention(fact.person)
    titles = " and ".join(titles_of(fact))
    if fact.why is RoleEndReason.DECLINED:
        return f"{person} cannot take the role of {titles}"
    if fact.why is RoleEndReason.UNASSIGNED:
        return (
            f"{who} stepped down as {titles}"
            if fact.by == fact.person
            else f"{person} is no longer {titles} (removed by {who})"
        )
    gone = "left the room" if fact.why is RoleEndReason.LEFT else "was deactivated in Slack"
    if not titles:
        return f"{person} {gone}: the offer of command to them has ended"
    return f"{person} {gone} and is no longer {titles}"


def _about_entry(fact: facts.EntryFact) -> str:
    """What became of an entry of the timeline."""
    match fact:
        case facts.EntryCorrected():
            when = f" to {moment(fact.when)}" if fact.when else ""
            what = f"#{fact.entry} corrected{when}{_because(fact.text)}"
        case facts.EntryStruck():
            what = f"Words of #{fact.entry} removed" if fact.secret else f"#{fact.entry} struck"
            what += _because(fact.why)
        case _:
            what = f"#{fact.entry} put back"
    return with_attribution(what, f"by {mention(fact.by)}")


def _because(reason: str) -> str:
    return f": {reason}" if reason else ""
