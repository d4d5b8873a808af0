"""The load on people, as messages."""

from datetime import datetime

from bot.core.blocks import MESSAGE_MAX, Block, Message, context, section, within
from bot.core.newer import ROWS_MAX, cell, data_table, number_cell, person, text
from bot.core.text import Mrkdwn, lines, md, when
from bot.incident.domain.vocabulary import mention
from bot.incident.views.lists import paragraphs
from bot.review.domain.load import Load, PersonLoad
from bot.review.domain.spans import Span
from bot.review.views import words

COLUMNS = ("Person", "Commanded", "Roles", "Took part", "Nights", "In a row", "Short rests", "Rested now")
MEANING = (
    "Counted are incidents that were declared in the span and that you may see. A night is from 22:00 to 07:00 in the "
    "person's time zone. A short rest is less than 11 hours between two incidents. Work that left no trace on a timeline "
    "is not seen, nor is who was only called. It helps to share work, and says nothing about how well it was done."
)


def own(of: PersonLoad, span: Span, now: datetime) -> Message:
    """What one person did, for that person."""
    if not of.incidents and not of.roles:
        return Message.of(md("You took part in no incident that was declared from {}.", words.dates(span)))
    head = md("*Your incidents declared from {}*", words.dates(span))
    last = md("You last did something {}.", when(of.last_at)) if of.last_at else Mrkdwn("")
    told = lines(md("You {}.", _sentence(of, now)), last)
    return Message(text=lines(head, told), blocks=[section(lines(head, told)), context(md("{}", MEANING))])


def everybodys(load: Load, span: Span, now: datetime) -> Message:
    """What everybody did, for those who may see that."""
    if not load.people:
        return Message.of(md("Nobody took part in an incident that was declared from {}.", words.dates(span)))
    people = "1 person" if len(load.people) == 1 else f"{len(load.people)} people"
    head = md("*{} in incidents declared from {}*", people, words.dates(span))
    spread = md(
        "Command is spread {}, night work {} (Gini: 0 is evenly, 1 is all on one).",
        _gini(load.gini_commanded),
        _gini(load.gini_nights),
    )
    rows = [
        md("{}: {}", Mrkdwn(mention(each.person)), _sentence(each, now)) for each in load.people[:ROWS_MAX]
    ]
    shown = within(rows, MESSAGE_MAX - 1000)
    plain: list[Block] = [section(each) for each in paragraphs(shown)]
    cells = [_cells(each, now) for each in load.people[: len(shown)]]
    table = data_table(f"Load, {words.dates(span)}", COLUMNS, cells, plain)
    left = len(load.people) - len(shown)
    more = [context(md("and {} more", left))] if left else []
    blocks = [section(lines(head, spread)), table, *more, context(md("{}", MEANING))]
    return Message(text=lines(head, spread, *within(shown, MESSAGE_MAX // 3)), blocks=blocks)


def _sentence(of: PersonLoad, now: datetime) -> str:
    in_a_row = f" ({of.nights_in_a_row} in a row)" if of.nights_in_a_row > 1 else ""
    return (
        f"commanded {of.commanded}, had a role in {of.roles}, took part in {words.counted(of.incidents)}; "
        f"{words.counted(of.nights, 'night')}{in_a_row}, {words.counted(of.short_rests, 'short rest')}; "
        f"{'rested by now' if of.is_rested(now) else 'not rested yet'}"
    )


def _cells(of: PersonLoad, now: datetime) -> list[Block]:
    numbers = (of.commanded, of.roles, of.incidents, of.nights, of.nights_in_a_row, of.short_rests)
    return [
        cell(person(of.person)),
        *(number_cell(each, str(each)) for each in numbers),
        cell(text("yes" if of.is_rested(now) else "no")),
    ]


def _gini(value: float | None) -> str:
    return "not at all" if value is None else f"{value:.2f}"
