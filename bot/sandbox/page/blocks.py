"""View models of Block Kit's blocks: convert Slack's JSON to what the templates draw."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.cards import LEVELS, Card, Task, card, task
from bot.sandbox.page.charts import Chart, chart
from bot.sandbox.page.elements import Element, Json, element, text_html, text_of
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.rich_text import rich_text
from bot.sandbox.page.tables import Table, data_table, table

_HEADINGS = (1, 2, 3, 4)
_WIDTHS = {"narrow", "standard", "wide", "full"}
_NO_STATE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Block:
    """One block, ready to be drawn. `type` is Slack's own and names the template's macro.

    Attributes:
        html: the block's text: of a section, header, rich_text, markdown, or an input's label.
        elements: its interactive elements; in a context block also texts.
        level: a header's level 1 to 4, an alert's severity, or a container's width.
        children: the blocks inside a container or a carousel.
        part: the contents of a card, a chart or a table.
        raw: Slack's own object, for simple blocks.
    """

    type: str
    block_id: str
    html: Markup = field(default_factory=Markup)
    fields: tuple[Markup, ...] = ()
    elements: tuple[Element | Markup, ...] = ()
    accessory: Element | None = None
    hint: Markup = field(default_factory=Markup)
    optional: bool = False
    dispatches: bool = False
    error: str = ""
    level: str = ""
    children: "tuple[Block, ...]" = ()
    tasks: tuple[Task, ...] = ()
    part: Card | Chart | Table | None = None
    raw: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BlockContext:
    """What the blocks of one surface share.

    Attributes:
        values: `view.state.values`, or None in a message.
    """

    reader: Reader
    values: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None
    errors: Mapping[str, str] = field(default_factory=dict)

    def element(self, raw: Json, block_id: str) -> Element:
        """The view model of an element with its present value."""
        state = self.values.get(block_id, _NO_STATE).get(raw.get("action_id", "")) if self.values else None
        return element(raw, block_id, self.reader, state)


def blocks(raw: list[Json], context: BlockContext) -> list[Block]:
    """The view models of a list of blocks; a type unknown here becomes a block that says so."""
    return [_MAKERS.get(str(each.get("type")), _unknown)(each, context) for each in raw]


def _id(raw: Json) -> str:
    return str(raw.get("block_id", ""))


def _section(raw: Json, context: BlockContext) -> Block:
    accessory = raw.get("accessory")
    return Block(
        type="section",
        block_id=_id(raw),
        html=text_html(raw["text"], context.reader) if raw.get("text") else Markup(),
        fields=tuple(text_html(each, context.reader) for each in raw.get("fields") or []),
        accessory=context.element(accessory, _id(raw)) if accessory else None,
    )


def _header(raw: Json, context: BlockContext) -> Block:
    level = raw.get("level")
    return Block(
        "header",
        _id(raw),
        html=text_html(raw.get("text"), context.reader),
        level=str(level) if level in _HEADINGS else "",
    )


def _divider(raw: Json, _: BlockContext) -> Block:
    return Block("divider", _id(raw))


def _context(raw: Json, context: BlockContext) -> Block:
    return Block(
        "context",
        _id(raw),
        elements=tuple(
            context.element(each, _id(raw))
            if each.get("type") == "image"
            else text_html(each, context.reader)
            for each in raw.get("elements") or []
        ),
    )


def _actions(raw: Json, context: BlockContext) -> Block:
    return Block(
        str(raw["type"]),
        _id(raw),
        elements=tuple(context.element(each, _id(raw)) for each in raw.get("elements") or []),
    )


def _input(raw: Json, context: BlockContext) -> Block:
    return Block(
        type="input",
        block_id=_id(raw),
        html=text_html(raw.get("label"), context.reader),
        elements=(context.element(raw.get("element") or {}, _id(raw)),),
        hint=text_html(raw.get("hint"), context.reader),
        optional=bool(raw.get("optional")),
        dispatches=bool(raw.get("dispatch_action")),
        error=context.errors.get(_id(raw), ""),
    )


def _image(raw: Json, context: BlockContext) -> Block:
    return Block("image", _id(raw), html=text_html(raw.get("title"), context.reader), raw=raw)


def _video(raw: Json, context: BlockContext) -> Block:
    return Block(
        "video",
        _id(raw),
        html=text_html(raw.get("title"), context.reader),
        hint=text_html(raw.get("description"), context.reader),
        raw=raw,
    )


def _remote_file(raw: Json, _: BlockContext) -> Block:
    return Block("file", _id(raw), raw=raw)


def _rich_text(raw: Json, context: BlockContext) -> Block:
    return Block("rich_text", _id(raw), html=rich_text(raw, context.reader))


def _markdown(raw: Json, context: BlockContext) -> Block:
    return Block("markdown", _id(raw), html=markdown(text_of(raw.get("text")), context.reader))


def _table(raw: Json, context: BlockContext) -> Block:
    return Block("table", _id(raw), part=table(raw, context.reader))


def _data_table(raw: Json, context: BlockContext) -> Block:
    return Block("table", _id(raw), part=data_table(raw, context.reader))


def _chart(raw: Json, _: BlockContext) -> Block:
    return Block("chart", _id(raw), part=chart(raw))


def _alert(raw: Json, context: BlockContext) -> Block:
    level = str(raw.get("level") or "default")
    level = level if level in LEVELS else "default"
    return Block("alert", _id(raw), html=text_html(raw.get("text"), context.reader), level=level)


def _card(raw: Json, context: BlockContext) -> Block:
    buttons = [context.element(each, _id(raw)) for each in raw.get("actions") or []]
    return Block("card", _id(raw), part=card(raw, buttons, context.reader))


def _carousel(raw: Json, context: BlockContext) -> Block:
    return Block("carousel", _id(raw), children=tuple(blocks(raw.get("elements") or [], context)))


def _container(raw: Json, context: BlockContext) -> Block:
    width = str(raw.get("width") or "standard")
    title = raw.get("rich_text_title")
    return Block(
        "container",
        _id(raw),
        html=rich_text(title, context.reader) if title else text_html(raw.get("title"), context.reader),
        hint=text_html(raw.get("subtitle"), context.reader),
        level=width if width in _WIDTHS else "standard",
        children=tuple(blocks(raw.get("child_blocks") or [], context)),
        raw=raw,
    )


def _plan(raw: Json, context: BlockContext) -> Block:
    tasks = tuple(task(each, context.reader) for each in raw.get("tasks") or [])
    return Block("plan", _id(raw), html=text_html(raw.get("title"), context.reader), tasks=tasks)


def _task_card(raw: Json, context: BlockContext) -> Block:
    return Block("plan", _id(raw), tasks=(task(raw, context.reader),))


def _unknown(raw: Json, context: BlockContext) -> Block:
    note = f"This page cannot draw a block of type {raw.get('type')!r}."
    return Block("unknown", _id(raw), html=text_html(note, context.reader))


_MAKERS: dict[str, Callable[[Json, BlockContext], Block]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "context_actions": _actions,
    "input": _input,
    "image": _image,
    "video": _video,
    "file": _remote_file,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "table": _table,
    "data_table": _data_table,
    "data_visualization": _chart,
    "alert": _alert,
    "card": _card,
    "carousel": _carousel,
    "container": _container,
    "plan": _plan,
    "task_card": _task_card,
}
