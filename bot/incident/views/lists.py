"""Lists: open incidents, and the lines of a timeline."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.blocks import (
    MESSAGE_MAX,
    SECTION_MAX,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    section,
    within,
)
from bot.core.newer import cell, data_table, number_cell, person, room, text, typed
from bot.core.text import Mrkdwn, clip, clip_mrkdwn, dotted, lines, link_to, md, when
from bot.core.tokens import with_names, without_mentions
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.services import NO_SERVICES, Services
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import mention
from bot.incident.views.card import mark
from bot.incident.views.ending import status_words
from bot.incident.views.facts import link, sentence
from bot.incident.views.postmortem_words import in_list
from bot.incident.views.services import affects_in_short, short_titles
from bot.incident.views.tags import drill_pieces, severity_tag, status_pieces
from bot.incident.views.unreadable import unreadable

LISTED_MAX = 20
PAGES_MAX = 500  # more than any list has: a button's value could be forged
ASKED_MAX = 300  # of the words that a page's button carries
TIMELINE_MAX = 40
ENTRY_MAX = 600
TOLD_MAX = 3500  # characters of the text that a screen reader reads instead of the blocks
SORTED_FROM = 6  # fewer are read at a glance, and lines take less room on a phone
COLUMNS = ("Incident", "Severity", "What is failing", "Status", "Commander")


def incidents(listed: Shortlist, wanted: Listing, services: Services = NO_SERVICES) -> Message:
    """A page of the incidents that somebody asked for, with buttons for the other pages.

    Args:
        listed: the incidents of this page, and how many there are.
        wanted: what was asked for.
        services: the titles of those that incidents affect.
    """
    if listed.is_empty:
        return Message.of(_nothing(listed.total, wanted))
    rows = within([_line(each, services) for each in listed.worst[:LISTED_MAX]], MESSAGE_MAX)
    blocks: list[Block] = [section(row) for row in rows]
    if len(rows) >= SORTED_FROM:
        blocks = [_table(listed.worst[: len(rows)], str(_found(listed.total, wanted)), services, blocks)]
    if listed.unreadable:
        blocks.append(section(unreadable(listed.unreadable)))
    first = wanted.page * LISTED_MAX
    last = first + len(rows) + len(listed.unreadable)
    if last - first < listed.total:
        blocks.append(context(md("{} to {} of {}", first + 1, last, listed.total)))
    if pages := _pages(listed, wanted):
        blocks.append(actions(*pages))
    told = lines(_found(listed.total, wanted), unreadable(listed.unreadable), *within(rows, TOLD_MAX))
    return Message(text=told, blocks=blocks)


def _nothing(total: int, wanted: Listing) -> Mrkdwn:
    if total:
        return md("There is nothing more: {} in all. `/incident list {}` begins again.", total, wanted.asked)
    if wanted == Listing():
        return md(":sunny: No incident is open. To declare one: `/incident declare <what is failing>`")
    if wanted == Listing(Which.DRILLS):
        return Mrkdwn("No drill yet. `/incident declare drill sev2 A region fails` declares one.")
    if wanted.has_closed:
        return md("No incident that you may see matches “{}”.", wanted.asked)
    if wanted == Listing(Which.MINE):
        return Mrkdwn("You have no role and no task in an open incident. All that are open: `/incident list`")
    return md(
        "No open incident matches “{}”. With closed ones too: `/incident list {}`",
        _in_words(wanted),
        replace(wanted, which=Which.ALL).asked,
    )


def _found(total: int, wanted: Listing) -> Mrkdwn:
    if wanted.which is Which.OPEN and not wanted.words and not wanted.severity:
        return how_many(total)
    return md("{} {} “{}”", total, "incident matches" if total == 1 else "incidents match", _in_words(wanted))


def _in_words(wanted: Listing) -> str:
    """What was asked for; that it is about open ones is not said, because it is the rule."""
    return wanted.asked.removeprefix(f"{Which.OPEN} ")


def _pages(listed: Shortlist, wanted: Listing) -> list[Element]:
    """The buttons that show the page before and the page after this one."""

    def value(page: int) -> str:
        return json.dumps({"text": clip(wanted.asked, ASKED_MAX), "page": page})

    buttons: list[Element] = []
    if wanted.page:
        buttons.append(button("Back", "list_back", value(wanted.page - 1)))
    if (wanted.page + 1) * LISTED_MAX < listed.total:
        buttons.append(button("More", "list", value(wanted.page + 1)))
    return buttons


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


def _line(listed: ListedIncident, services: Services) -> Mrkdwn:
    incident = listed.incident
    commander = mention(incident.commander) if incident.commander else "no commander yet"
    where = Mrkdwn(f" · <#{listed.channel}>") if listed.channel else Mrkdwn(" · opening …")
    return lines(
        md("{} *{}* {}{}", mark(incident), incident.reference, incident.title, where),
        dotted(
            md("{} · {}", incident.severity.label, status_words(incident)),
            affects_in_short(incident, services),
            md("{}", commander),
            in_list(incident),
        ),
    )


def _table(
    shown: Sequence[ListedIncident], caption: str, services: Services, plain: Sequence[Block]
) -> Block:
    """The incidents as a table; with their services, if any of them affects one."""
    cells = [_cells(each) for each in shown]
    if not any(each.incident.services for each in shown):
        return data_table(caption, COLUMNS, cells, plain)
    named = [cell(typed(short_titles(each.incident, services) or "none")) for each in shown]
    with_services = [[*row, last] for row, last in zip(cells, named, strict=True)]
    return data_table(caption, [*COLUMNS, "Services"], with_services, plain)


def _cells(listed: ListedIncident) -> list[Block]:
    """The same in a row of a table."""
    incident = listed.incident
    where = room(listed.channel) if listed.channel else text("opening …")
    return [
        number_cell(incident.number, incident.reference),
        cell(severity_tag(incident), *drill_pieces(incident)),
        cell(typed(incident.title), text(" · "), where),
        cell(*status_pieces(incident), *_owed_piece(incident)),
        cell(person(incident.commander) if incident.commander else text("nobody yet")),
    ]


def _owed_piece(incident: Incident) -> list[Element]:
    """The same in a cell of a table, where Slack shows no day in the reader's zone."""
    due_at = incident.postmortem.due_at
    return [text(f" · postmortem due {due_at:%Y-%m-%d}")] if due_at and in_list(incident) else []


def entry_line(entry: Entry, names: Mapping[str, str] | None = None) -> Mrkdwn:
    """A fact in one line, with its time. With `names`, the person who did it is not mentioned, and nobody of a note."""
    by, raw = entry.fact.by, sentence(entry.fact)
    if names is not None and isinstance(entry.fact, facts.Noted):
        raw = without_mentions(raw, names)
    raw = with_names(raw, {by: names[by]} if names and by in names else {})
    return md("• {} {}{}", when(entry.fact.at), on_one_line(raw), source(entry.fact))


def on_one_line(raw: str) -> Mrkdwn:
    """Raw text on one line: lines that a person typed must not look like entries of the timeline."""
    words = " ↵ ".join(line.strip() for line in raw.splitlines() if line.strip())
    return clip_mrkdwn(md("{}", words), ENTRY_MAX)


def source(fact: facts.Fact) -> Mrkdwn:
    """The link to the message that a fact was noted from, in parentheses; empty if there is none."""
    to_message = link_to(link(fact), "link")
    return md(" ({})", to_message) if to_message else Mrkdwn("")


def paragraphs(texts: list[Mrkdwn]) -> list[Mrkdwn]:
    """Join lines into as few sections as their length limit allows."""
    paragraphs: list[Mrkdwn] = []
    for each in texts:
        if paragraphs and len(paragraphs[-1]) + len(each) < SECTION_MAX:
            paragraphs[-1] = lines(paragraphs[-1], each)
        else:
            paragraphs.append(each)
    return paragraphs
