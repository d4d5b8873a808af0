"""The sentences about the record and the war room."""

from bot.incident.domain import facts
from bot.incident.domain.vocabulary import mention
from bot.incident.views.attribution import with_attribution


def upkeep_sentence(fact: facts.UpkeepFact) -> str:
    """What happened, old and new value included."""
    return with_attribution(_what(fact), f"by {mention(fact.by)}")


def _what(fact: facts.UpkeepFact) -> str:
    if not isinstance(fact, facts.Renamed):
        return ""
    summary = f"ummary changed to: {fact.summary}" if fact.summary else "ummary taken out"
    if fact.title == fact.old_title:
        return f"S{summary}"
    renamed = f"Title changed from “{fact.old_title}” to “{fact.title}”"
    return renamed if fact.summary == fact.old_summary else f"{renamed}, and the s{summary}"
