"""Milestones: the sentence for one that is recorded or corrected, and the list of all of them."""

from bot.core.blocks import Message, actions, button, section
from bot.core.text import Mrkdwn, close_code_block, lines, md, moment, when
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Milestone, mention

_HAPPENED = {
    Milestone.STARTED: "Impact started",
    Milestone.DETECTED: "Impact was detected",
    Milestone.DECLARED: "The incident was declared",
    Milestone.ACKNOWLEDGED: "The incident was acknowledged",
    Milestone.MITIGATED: "Impact was mitigated",
    Milestone.RESOLVED: "The incident was resolved",
}
TITLES = {
    Milestone.STARTED: "Impact started",
    Milestone.DETECTED: "Detected",
    Milestone.DECLARED: "Declared",
    Milestone.ACKNOWLEDGED: "Acknowledged",
    Milestone.MITIGATED: "Mitigated",
    Milestone.RESOLVED: "Resolved",
}


def sentence(fact: facts.MilestoneSet) -> str:
    """The time and, if it is a correction, the time before and who had set that; raw text."""
    words = f"{_HAPPENED[fact.milestone]} {moment(fact.when)}"
    if fact.reason:
        words = close_code_block(f"{words}: {fact.reason}")
    if fact.old:
        setter = f", set by {mention(fact.old_by)}" if fact.old_by else ""
        words += f"; until now this said {moment(fact.old)}{setter}"
    return f"{words} ({'corrected' if fact.old else 'recorded'} by {mention(fact.by)})"


def overview(incident: Incident) -> Message:
    """Every milestone with its time and who set it, and a button to correct one."""
    text = lines(md("*Milestones of {}*", incident.reference), *(line(incident, each) for each in Milestone))
    correct = button("Correct one", "milestone", str(incident.number))
    return Message(text=text, blocks=[section(text), actions(correct)])


def recorded(milestone: Milestone, incident: Incident) -> Message:
    """The answer to somebody who recorded one after the end."""
    return Message.of(line(incident, milestone))


def line(incident: Incident, milestone: Milestone) -> Mrkdwn:
    """One milestone in a line."""
    at = incident.milestones.get(milestone)
    if at is None:
        return md("{}: not known", TITLES[milestone])
    setter = incident.milestones_by.get(milestone)
    by = md(", set by {}", mention(setter)) if setter else Mrkdwn("")
    return md("{}: {}{}", TITLES[milestone], when(at), by)
