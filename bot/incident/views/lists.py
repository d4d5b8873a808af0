"""Lists: open incidents and a timeline."""

from collections.abc import Mapping, Sequence

from bot.core.blocks import MESSAGE_MAX, SECTION_MAX, Block, Message, context, section, within
from bot.core.text import Mrkdwn, clip_mrkdwn, lines, md, when
from bot.core.tokens import with_names
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry, in_order
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.facts import link, sentence

LISTED_MAX = 20
TIMELINE_MAX = 40
_ENTRY_MAX = 600


def open_incidents(listed: Shortlist) -> Message:
    """The open incidents, worst first."""
    if not listed.worst:
        return Message.of(
            md(":sunny: No incident is open. To declare one: `/incident declare <what is failing>`")
        )
    rows = within([_line(each) for each in listed.worst[:LISTED_MAX]], MESSAGE_MAX)
    blocks: list[Block] = [section(row) for row in rows]
    if more := listed.total - len(rows):
        blocks.append(context(md("and {} more", more)))
    return Message(text=how_many(listed.total), blocks=blocks)


def how_many(total: int) -> Mrkdwn:
    """How many incidents are open, as a sentence."""
    if not total:
        return Mrkdwn("No incident is open")
    return md("{} {} open", total, "incident is" if total == 1 else "incidents are")


def room_links(listed: Shortlist) -> Mrkdwn:
    """The war rooms of the worst open incidents in one line, and how many more incidents are open."""
    shown = listed.worst[:LISTED_MAX]
    rooms = [f"<#{each.channel}>" for each in shown if each.channel]
    if rooms and (more := listed.total - len(shown)):
        rooms.append(f"and {more} more")
    return Mrkdwn(", ".join(rooms))


def timeline(incident: Incident, entries: Sequence[Entry]) -> Message:
    """The latest entries of the timeline, in the order in which things happened.

    Args:
        incident: the state; its version is the number of all entries.
        entries: the latest entries, in any order; those that do not fit are not shown.
    """
    latest_first = in_order(list(entries))[::-1]
    shown = within([entry_line(entry) for entry in latest_first[:TIMELINE_MAX]], MESSAGE_MAX)
    blocks: list[Block] = [section(md("*Timeline of {}*", incident.reference))]
    if (earlier := incident.version - len(shown)) > 0:
        blocks.append(
            context(md("{} earlier entries are in the postmortem draft: `/incident postmortem`", earlier))
        )
    blocks += [section(text) for text in paragraphs(shown[::-1])]
    return Message(text=md("Timeline of {}", incident.reference), blocks=blocks)


def _line(listed: ListedIncident) -> Mrkdwn:
    incident = listed.incident
    commander = mention(incident.commander) if incident.commander else "no commander yet"
    where = Mrkdwn(f" · <#{listed.channel}>") if listed.channel else Mrkdwn(" · opening …")
    return lines(
        md("{} *{}* {}{}", mark(incident), incident.reference, incident.title, where),
        md("{} · {} · {}", incident.severity.label, incident.status, commander),
    )


def entry_line(entry: Entry, names: Mapping[str, str] | None = None) -> Mrkdwn:
    """A fact in one line, with its time. The person who did it is not mentioned if `names` has their name."""
    source = link(entry.fact)
    where = Mrkdwn(f" (<{source}|link>)") if source else Mrkdwn("")
    # On one line: lines that a person typed must not look like entries of the timeline.
    by = entry.fact.by
    raw = with_names(sentence(entry.fact), {by: names[by]} if names and by in names else {})
    words = " ↵ ".join(line.strip() for line in raw.splitlines() if line.strip())
    text = clip_mrkdwn(md("{}", words), _ENTRY_MAX)
    return md("• {} {}{}", when(entry.fact.at), text, where)


def paragraphs(texts: list[Mrkdwn]) -> list[Mrkdwn]:
    """Join lines into as few sections as their length limit allows."""
    paragraphs: list[Mrkdwn] = []
    for text in texts:
        if paragraphs and len(paragraphs[-1]) + len(text) < SECTION_MAX:
            paragraphs[-1] = lines(paragraphs[-1], text)
        else:
            paragraphs.append(text)
    return paragraphs
