"""The timeline as one person sees it: in pages, a day under its date, each entry with the number that names it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from bot.core.blocks import (
    MESSAGE_MAX,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    section,
    sections,
    within,
)
from bot.core.text import Mrkdwn, clock, lines, md, quoted, when
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown
from bot.incident.domain.incident import Incident
from bot.incident.domain.selection import Selection
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import mention
from bot.incident.views.facts import sentence
from bot.incident.views.lists import on_one_line, paragraphs, source

PAGE = 15  # entries; a note has a button, so it is a block of its own
_ROOM = (
    2 * MESSAGE_MAX // 3
)  # characters of the entries; the rest is for headings, and for the text without blocks


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a timeline.

    Attributes:
        rows: its entries with their lines, in the order in which things happened.
        earlier: how many entries come before it.
        later: how many entries come after it.
    """

    rows: Sequence[tuple[Shown, Mrkdwn]]
    earlier: int
    later: int


def page(
    incident: Incident, entries: Sequence[Entry], wanted: Selection, number: int, zone: tzinfo | None
) -> Message:
    """One page of the timeline, with buttons to turn it and to correct its notes.

    Args:
        incident: the state.
        entries: all facts.
        wanted: which of them are shown.
        number: 0 for the latest entries, 1 for those before, and so on.
        zone: the reader's time zone, in which days begin; None if it is unknown.
    """
    selected = wanted.of(entries)
    zone = zone or UTC
    is_long = len({_day(each, zone) for each in selected}) > 1
    cut = _pages(selected, number + 1, with_day=not is_long)
    shown = cut[-1]
    head = md("*Timeline of {}*{}", incident.reference, _which(wanted))
    blocks: list[Block] = [section(head)]
    for heading, rows in _days(shown.rows, zone):
        blocks += [context(heading)] if is_long else []
        blocks += _blocks(incident, rows)
    foot = _foot(shown, len(selected), 0 if wanted.struck else len(Selection(struck=True).of(entries)))
    blocks.append(context(foot))
    if turns := _turns(incident, shown, wanted, len(cut) - 1):
        blocks.append(actions(*turns))
    alone = [row(each, with_day=True) for each, _ in shown.rows]  # without blocks there are no headings
    return Message(text=lines(head, *alone, foot), blocks=blocks)


def entry(incident: Incident, shown: Shown) -> Message:
    """One entry in full, with what became of it, and buttons to correct it."""
    fact = shown.entry.fact
    head = md("*#{}* of {} · {}{}", shown.number, incident.reference, when(fact.at), source(fact))
    past = [md("{} {}", when(each.fact.at), on_one_line(sentence(each.fact))) for each in shown.history]
    was = [md("As it was recorded: {}", on_one_line(sentence(shown.recorded.fact)))] if past else []
    blocks = [section(head), *sections(quoted(sentence(fact)))]
    if story := within([*was, *past[-PAGE:]], _ROOM // 2):
        blocks += [context(text) for text in paragraphs(story)]
    if isinstance(fact, facts.Noted) and not shown.is_redacted:
        blocks.append(actions(*_repairs(incident, shown)))
    return Message(text=lines(head, on_one_line(sentence(fact)), *was, *past[-PAGE:]), blocks=blocks)


def row(shown: Shown, *, with_day: bool) -> Mrkdwn:
    """An entry in one line: its number, its time, and what happened."""
    fact = shown.entry.fact
    at = when(fact.at) if with_day else clock(fact.at)
    marks = " _(corrected)_" if shown.corrected and not shown.struck else ""
    struck = _struck(shown.struck) if shown.struck else Mrkdwn("")
    return md(
        "`#{}` {} {}{}{}{}",
        shown.number,
        at,
        on_one_line(sentence(fact)),
        source(fact),
        Mrkdwn(marks),
        struck,
    )


def undo(incident: Incident, number: int) -> Element:
    """The button that puts a struck note back."""
    return button("Undo", "unstrike", _value(incident, entry=number))


def _struck(fact: facts.EntryStruck) -> Mrkdwn:
    why = on_one_line(f": {fact.why}") if fact.why else Mrkdwn("")
    return md("\n_struck by {}_{}", mention(fact.by), why)


def _pages(selected: Sequence[Shown], most: int, *, with_day: bool) -> list[Page]:
    """The latest pages, from the latest on, at most so many; one without entries if there are none."""
    pages: list[Page] = []
    end = len(selected)
    while (end > 0 and len(pages) < most) or not pages:
        rows = [(each, row(each, with_day=with_day)) for each in selected[max(end - PAGE, 0) : end]]
        fitting = len(within([line for _, line in rows[::-1]], _ROOM))
        start = end - fitting
        pages.append(Page(rows[len(rows) - fitting :], start, len(selected) - end))
        end = start
    return pages


def _days(
    rows: Sequence[tuple[Shown, Mrkdwn]], zone: tzinfo
) -> list[tuple[Mrkdwn, list[tuple[Shown, Mrkdwn]]]]:
    """The entries of each day of the reader's, under its date."""
    found: dict[date, list[tuple[Shown, Mrkdwn]]] = {}
    for each in rows:
        found.setdefault(_day(each[0], zone), []).append(each)
    return [(_date(of_day[0][0].entry.fact.at, day), of_day) for day, of_day in found.items()]


def _day(shown: Shown, zone: tzinfo) -> date:
    return shown.entry.fact.at.astimezone(zone).date()


def _date(at: datetime, day: date) -> Mrkdwn:
    return Mrkdwn(f"*<!date^{int(at.timestamp())}^{{date_long}}|{day.isoformat()}>*")


def _blocks(incident: Incident, rows: Sequence[tuple[Shown, Mrkdwn]]) -> list[Block]:
    """A block for each note, with its button; the lines between them together."""
    blocks: list[Block] = []
    between: list[Mrkdwn] = []
    for shown, line in rows:
        if accessory := _accessory(incident, shown):
            blocks += [section(text) for text in paragraphs(between)]
            blocks.append(section(line) | {"accessory": accessory})
            between = []
        else:
            between.append(line)
    return [*blocks, *(section(text) for text in paragraphs(between))]


def _accessory(incident: Incident, shown: Shown) -> Element | None:
    if not isinstance(shown.entry.fact, facts.Noted) or shown.is_redacted:
        return None
    return undo(incident, shown.number) if shown.struck else _correct(incident, shown.number)


def _repairs(incident: Incident, shown: Shown) -> list[Element]:
    if shown.struck:
        return [undo(incident, shown.number)]
    strike = button("Strike", "strike", _value(incident, entry=shown.number))
    return [_correct(incident, shown.number), strike]


def _correct(incident: Incident, number: int) -> Element:
    return button("Correct", "correct_entry", _value(incident, entry=number))


def _turns(incident: Incident, shown: Page, wanted: Selection, number: int) -> list[Element]:
    """The buttons to the pages before and after."""

    def turn(label: str, action_id: str, to: int) -> Element:
        value = _value(incident, page=to, topic=wanted.topic, person=wanted.person, struck=wanted.struck)
        return button(label, action_id, value)

    earlier = [turn("Earlier", "timeline_earlier", number + 1)] if shown.earlier else []
    later = [turn("Later", "timeline_later", number - 1)] if shown.later else []
    return [*earlier, *later]


def _value(incident: Incident, **about: str | int | bool) -> str:
    return json.dumps({"number": incident.number, **about})


def _which(wanted: Selection) -> Mrkdwn:
    """What is selected, as it follows the heading."""
    topic = md(" · {}", wanted.topic) if wanted.topic else Mrkdwn("")
    person = md(" · {}", mention(wanted.person)) if wanted.person else Mrkdwn("")
    return md("{}{}{}", topic, person, Mrkdwn(" · struck") if wanted.struck else Mrkdwn(""))


def _foot(shown: Page, total: int, struck: int) -> Mrkdwn:
    """Which entries these are, and how many were struck."""
    first, last = shown.earlier + 1, total - shown.later
    which = md("Entries {} to {} of {}", first, last, total) if total else Mrkdwn("Nothing is here.")
    left_out = md(" · {} struck: `/incident timeline struck`", struck) if struck else Mrkdwn("")
    return md("{}{} · `/incident help timeline`", which, left_out)
