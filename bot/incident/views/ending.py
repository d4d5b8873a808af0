"""How an incident is shown that was no incident of its own: a false alarm, or a duplicate of another one."""

from bot.core.blocks import Message, sections
from bot.core.text import Mrkdwn, lines, md
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Status, reference

MERGED_MAX = 10
SET_ASIDE = Mrkdwn(":white_circle:")


def status_words(incident: Incident) -> Mrkdwn:
    """The status, with the incident of which it is a duplicate and that one's war room."""
    if incident.duplicate_of is not None:
        of = reference(incident.duplicate_of)
        return md("duplicate of {}{}", of, _room(incident.original_room, " · "))
    return md("{}", "cancelled: false alarm" if incident.status is Status.CANCELLED else incident.status)


def merged_words(incident: Incident) -> Mrkdwn:
    """The incidents that were merged into it, the first ones by their references."""
    shown = [reference(each) for each in incident.duplicates[:MERGED_MAX]]
    more = len(incident.duplicates) - len(shown)
    return md("Merged into it: {}{}", ", ".join(shown), f" and {more} more" if more else "")


def topic_words(incident: Incident) -> str:
    """What the topic of a closed incident's war room says of its end."""
    if incident.duplicate_of is not None:
        return f"duplicate of {reference(incident.duplicate_of)}"
    return "cancelled: false alarm" if incident.status is Status.CANCELLED else str(incident.status)


def set_aside(fact: facts.Cancelled | facts.MarkedDuplicate, words: Mrkdwn) -> Message:
    """The message that an incident was set aside. It leads people over to the war room of the other one."""
    where = None
    if isinstance(fact, facts.MarkedDuplicate):
        room = _room(fact.room)
        where = md("*Everything else goes on in {}*", room or reference(fact.of))
    text = lines(md("{} {}", SET_ASIDE, words), where)
    return Message(text=text, blocks=sections(text))


def _room(channel: str, before: str = "") -> Mrkdwn:
    return Mrkdwn(f"{before}<#{channel}>") if channel else Mrkdwn("")
