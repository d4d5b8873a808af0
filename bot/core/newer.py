"""Slack's newer blocks, each with a plain form in blocks that every workspace takes.

A workspace may refuse a type of block that is new. So a view writes each of these blocks once, in both forms, and
`bot.slack.newer_blocks` sends the newer one wherever it is taken.

Source: Slack docs, "Block Kit": alert, container, data table and data visualization block, tag element.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.blocks import Block, Element, mrkdwn, plain, section
from bot.core.text import Mrkdwn, clip, clip_mrkdwn, md
from bot.core.tokens import Kind, Token, split, words_of

ALERT_MAX = 200
CONTAINER_MAX = 150  # its title, and its subtitle
FOLDED_MAX = 10  # blocks in a container
COLUMNS_MAX = 20
ROWS_MAX = 200  # of a data table, without its header
CHART_TITLE_MAX = 50
CATEGORIES_MAX = 20
CATEGORY_MAX = 20  # characters of its name, and of a series'


class NewerKind(StrEnum):
    """What a workspace may refuse: the type of a block or of an element in it."""

    ALERT = "alert"
    CONTAINER = "container"
    DATA_TABLE = "data_table"
    DATA_VISUALIZATION = "data_visualization"
    TAG = "tag"


class NewerBlock(Block):
    """A block that a workspace may refuse. It is the newer form itself, and JSON like any other block.

    Attributes:
        kind: what may be refused in it.
        plain: the blocks that say the same instead.
    """

    __slots__ = ("kind", "plain")

    def __init__(self, kind: NewerKind, block: Block, plain: Sequence[Block]) -> None:
        super().__init__(block)
        self.kind = kind
        self.plain = tuple(plain)


def form(blocks: Iterable[Block], refused: Iterable[str]) -> list[Block]:
    """The blocks for a workspace that refuses these kinds: the plain form of each, and everything else as it is."""
    without = frozenset(refused)
    shown: list[Block] = []
    for block in blocks:
        shown += block.plain if isinstance(block, NewerBlock) and block.kind in without else (block,)
    return shown


def plain_form(blocks: Iterable[Block]) -> list[Block]:
    """The blocks for a workspace that refuses everything newer."""
    return form(blocks, NewerKind)


@dataclass(frozen=True, slots=True)
class Tag:
    """A coloured word. The colour says nothing that the word does not say.

    Attributes:
        words: the text in it; not empty.
        color: one of Slack's: gray, brown, purple, indigo, blue, green, yellow, orange, red.
        mark: the emoji that shows the colour in the plain form, without colons; empty for none.
    """

    words: str
    color: str
    mark: str = ""


Piece = Element | Tag


def line(*pieces: Piece | Iterable[Element]) -> Block:
    """A line of rich text. In the plain form, which is rich text too, a tag is a bold word.

    Slack lets no message become plain blocks that was rich text (`block_mismatch`), so both forms are rich text.
    """
    listed: list[Piece] = []
    for piece in pieces:
        listed += [piece] if isinstance(piece, (dict, Tag)) else piece
    return NewerBlock(
        NewerKind.TAG,
        _rich(_pill(each) if isinstance(each, Tag) else [each] for each in listed),
        [_rich(_bold_word(each) if isinstance(each, Tag) else [_apart(each)] for each in listed)],
    )


def text(words: str, *, bold: bool = False) -> Element:
    """Words in rich text, where Slack interprets nothing. They must not be empty."""
    element: Element = {"type": "text", "text": words}
    return element | {"style": {"bold": True}} if bold else element


def room(channel: str) -> Element:
    """A link to a channel, in rich text."""
    return {"type": "channel", "channel_id": channel}


def person(user: str) -> Element:
    """A mention of a person, in rich text."""
    return {"type": "user", "user_id": user}


def typed(raw: str, *, bold: bool = False) -> list[Element]:
    """What a person typed, in rich text. As with `bot.core.text.escape`, groups and `@here` notify nobody."""
    return [_typed(piece, bold=bold) for piece in split(raw)]


GAP = text(" ")  # beside a tag


def _typed(piece: str | Token, *, bold: bool) -> Element:
    if isinstance(piece, Token):
        if piece.kind is Kind.PERSON:
            return person(piece.value)
        if piece.kind is Kind.CHANNEL:
            return room(piece.value)
        if piece.kind is Kind.LINK:
            return {"type": "link", "url": piece.value}
        return text(words_of(piece, {}) or piece.typed, bold=bold)
    return text(piece, bold=bold)


def _rich(pieces: Iterable[Iterable[Element]]) -> Block:
    elements = [element for piece in pieces for element in piece]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def _pill(tag: Tag) -> list[Element]:
    return [{"type": "tag", "text": tag.words, "color": tag.color}]


def _apart(piece: Element) -> Element:
    """A gap between tags separates bold words with a dot."""
    return text(" · ") if piece == GAP else piece


def _bold_word(tag: Tag) -> list[Element]:
    mark: list[Element] = [{"type": "emoji", "name": tag.mark}, text(" ")] if tag.mark else []
    return [*mark, text(tag.words, bold=True)]


def alert(words: Mrkdwn, level: str = "warning") -> Block:
    """What an act will cause, at the top of a form. Only forms can have it.

    Args:
        words: at most 200 characters.
        level: info, warning, error or success.
    """
    mark = {"info": ":information_source:", "success": ":white_check_mark:"}.get(level, ":warning:")
    block: Block = {"type": "alert", "level": level, "text": mrkdwn(words, ALERT_MAX)}
    return NewerBlock(NewerKind.ALERT, block, [section(md("{} {}", Mrkdwn(mark), words))])


def folded(title: str, beginning: Mrkdwn, blocks: Sequence[Block]) -> Block:
    """Blocks under a title, which people unfold. Only messages and the Home tab can have it.

    Args:
        title: what it is.
        beginning: its first words, which are shown when it is folded.
        blocks: at most ten, none of them rich text.
    """
    block: Block = {
        "type": "container",
        "title": plain(title, CONTAINER_MAX),
        "subtitle": mrkdwn(clip_mrkdwn(beginning, CONTAINER_MAX)),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": list(blocks[:FOLDED_MAX]),
    }
    return NewerBlock(NewerKind.CONTAINER, block, [section(md("*{}*", title)), *blocks])


def cell(*pieces: Piece | Iterable[Element]) -> Block:
    """A cell of a table: rich text."""
    return dict(line(*pieces))


def number_cell(value: int, words: str) -> Block:
    """A cell of a table by whose number people sort."""
    return {"type": "raw_number", "value": value, "text": words}


def data_table(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[Block]], plain: Sequence[Block]
) -> Block:
    """A table that people sort and filter. Only messages can have it, and only one.

    Args:
        caption: what it shows; a screen reader says it.
        columns: their names, at most twenty.
        rows: at most two hundred, each with one cell for each column.
        plain: what is shown instead.
    """
    head = [{"type": "raw_text", "text": name} for name in columns[:COLUMNS_MAX]]
    shown = [list(row[:COLUMNS_MAX]) for row in rows[:ROWS_MAX]]
    block: Block = {
        "type": "data_table",
        "caption": caption,
        "page_size": min(max(len(shown), 1), 100),
        "rows": [head, *shown],
    }
    return NewerBlock(NewerKind.DATA_TABLE, block, plain)


def bar_chart(
    title: str,
    categories: Sequence[str],
    series: Mapping[str, Sequence[float]],
    plain: Sequence[Block],
    *,
    x_label: str = "",
    y_label: str = "",
) -> Block:
    """A bar chart. Only messages and the Home tab can have it, and a message at most two.

    Args:
        title: what it shows, at most 50 characters.
        categories: what the bars stand for, at most twenty, all different.
        series: the values of each category, by the name of the series; at most twelve.
        plain: what is shown instead.
        x_label: the name of the categories; the same for the next.
        y_label: of the values.
    """
    names = [clip(each, CATEGORY_MAX) for each in categories[:CATEGORIES_MAX]]
    labels = {"x_label": clip(x_label, CHART_TITLE_MAX), "y_label": clip(y_label, CHART_TITLE_MAX)}
    block: Block = {
        "type": "data_visualization",
        "title": clip(title, CHART_TITLE_MAX),
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": clip(name, CATEGORY_MAX),
                    "data": [
                        {"label": label, "value": value} for label, value in zip(names, values, strict=True)
                    ],
                }
                for name, values in series.items()
            ],
            "axis_config": {"categories": names, **{key: label for key, label in labels.items() if label}},
        },
    }
    return NewerBlock(NewerKind.DATA_VISUALIZATION, block, plain)
