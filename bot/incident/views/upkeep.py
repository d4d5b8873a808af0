"""The sentences about the record and the war room."""

from bot.incident.domain import facts
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.domain.kinds import Kind
from bot.incident.domain.vocabulary import mention
from bot.incident.views.attribution import with_attribution

_KEPT = {
    KeepReason.ASKED: "War room kept open",
    KeepReason.UNARCHIVED: "War room unarchived",
    KeepReason.TALK: "War room kept open, because people wrote there",
}

_KINDS = {
    Kind.DRILL: "This is a drill, not a real incident: changed",
    Kind.INCIDENT: "This is a real incident, not a drill: changed",
}


def upkeep_sentence(fact: facts.UpkeepFact) -> str:
    """What happened, old and new value included."""
    who = f"by {mention(fact.by)}"
    match fact:
        case facts.Renamed():
            return with_attribution(_renamed(fact), who)
        case facts.KindChanged():
            return with_attribution(_KINDS[fact.new], who)
        case facts.PostmortemOwnerChosen():
            instead = f" instead of {mention(fact.previous)}" if fact.previous else ""
            words = f"{mention(fact.person)} writes the postmortem{instead}"
            return words if fact.by == fact.person else f"{words} (chosen {who})"
        case facts.RoomKept():
            return _KEPT[fact.why] if fact.why is KeepReason.TALK else with_attribution(_KEPT[fact.why], who)
        case facts.RoomArchived():
            return with_attribution("War room archived", who)
        case _:
            return with_attribution("War room asked for", who)


def _renamed(fact: facts.Renamed) -> str:
    summary = f"ummary changed to: {fact.summary}" if fact.summary else "ummary taken out"
    if fact.title == fact.old_title:
        return f"S{summary}"
    renamed = f"Title changed from “{fact.old_title}” to “{fact.title}”"
    return renamed if fact.summary == fact.old_summary else f"{renamed}, and the s{summary}"
