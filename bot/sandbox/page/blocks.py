"""View models of Block Kit's blocks: Slack's JSON in, what the templates draw out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from bot.sandbox.page.elements import Element, Json, element, text_html, text_of
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.rich_text import rich_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.sandbox.page.reader import Reader

_NO_STATE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Block:
    """One block, ready to be drawn. `type` is Slack's own and names the template's macro."""

    type: str
    block_id: str
    html: Markup = field(default_factory=Markup)
    """The block's text: of a section, header, rich_text, markdown, or an input's label."""
    fields: tuple[Markup, ...] = ()
    elements: tuple[Element | Markup, ...] = ()
    """Elements; in a context block also texts."""
    accessory: Element | None = None
    hint: Markup = field(default_factory=Markup)
    optional: bool = False
    dispatches: bool = False
    error: str = ""
    rows: tuple[tuple[Markup, ...], ...] = ()
    wide: tuple[str, ...] = ()
    """How each column of a table is aligned."""
    raw: Json = field(default_factory=dict)
    """Slack's own object, of blocks that are little more than an address."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the blocks of one surface share."""

    reader: Reader
    values: Mapping[str, Mapping[str, Mapping[str, Any]]] | None = None
    """`view.state.values`, or None in a message."""
    errors: Mapping[str, str] = field(default_factory=dict)

    def element(self, raw: Json, block_id: str) -> Element:
        """The view model of an element with its present value."""
        state = self.values.get(block_id, _NO_STATE).get(raw.get("action_id", "")) if self.values else None
        return element(raw, block_id, self.reader, state)


def blocks(raw: list[Json], around: Around) -> list[Block]:
    """The view models of a list of blocks; a type unknown here becomes a block that says so."""
    return [_MAKERS.get(str(each.get("type")), _unknown)(each, around) for each in raw]


def _id(raw: Json) -> str:
    return str(raw.get("block_id", ""))


def _section(raw: Json, around: Around) -> Block:
    accessory = raw.get("accessory")
    return Block(
        type="section",
        block_id=_id(raw),
        html=text_html(raw["text"], around.reader) if raw.get("text") else Markup(),
        fields=tuple(text_html(each, around.reader) for each in raw.get("fields") or []),
        accessory=around.element(accessory, _id(raw)) if accessory else None,
    )


def _header(raw: Json, around: Around) -> Block:
    return Block("header", _id(raw), html=text_html(raw.get("text"), around.reader))


def _divider(raw: Json, _: Around) -> Block:
    return Block("divider", _id(raw))


def _context(raw: Json, around: Around) -> Block:
    return Block(
        "context",
        _id(raw),
        elements=tuple(
            around.element(each, _id(raw)) if each.get("type") == "image" else text_html(each, around.reader)
            for each in raw.get("elements") or []
        ),
    )


def _actions(raw: Json, around: Around) -> Block:
    return Block(
        str(raw["type"]),
        _id(raw),
        elements=tuple(around.element(each, _id(raw)) for each in raw.get("elements") or []),
    )


def _input(raw: Json, around: Around) -> Block:
    return Block(
        type="input",
        block_id=_id(raw),
        html=text_html(raw.get("label"), around.reader),
        elements=(around.element(raw.get("element") or {}, _id(raw)),),
        hint=text_html(raw.get("hint"), around.reader),
        optional=bool(raw.get("optional")),
        dispatches=bool(raw.get("dispatch_action")),
        error=around.errors.get(_id(raw), ""),
    )


def _image(raw: Json, around: Around) -> Block:
    return Block("image", _id(raw), html=text_html(raw.get("title"), around.reader), raw=raw)


def _video(raw: Json, around: Around) -> Block:
    return Block(
        "video",
        _id(raw),
        html=text_html(raw.get("title"), around.reader),
        hint=text_html(raw.get("description"), around.reader),
        raw=raw,
    )


def _remote_file(raw: Json, _: Around) -> Block:
    return Block("file", _id(raw), raw=raw)


def _rich_text(raw: Json, around: Around) -> Block:
    return Block("rich_text", _id(raw), html=rich_text(raw, around.reader))


def _markdown(raw: Json, around: Around) -> Block:
    return Block("markdown", _id(raw), html=markdown(text_of(raw.get("text")), around.reader))


def _table(raw: Json, around: Around) -> Block:
    settings = [each or {} for each in raw.get("column_settings") or []]
    return Block(
        "table",
        _id(raw),
        rows=tuple(tuple(_cell(cell, around) for cell in row) for row in raw.get("rows") or []),
        wide=tuple(str(each.get("align") or "left") for each in settings),
    )


def _cell(cell: Json, around: Around) -> Markup:
    if cell.get("type") == "rich_text":
        return rich_text(cell, around.reader)
    return text_html(str(cell.get("text", cell.get("value", ""))), around.reader)


def _unknown(raw: Json, around: Around) -> Block:
    note = f"This page cannot draw a block of type {raw.get('type')!r}."
    return Block("unknown", _id(raw), html=text_html(note, around.reader))


_MAKERS: dict[str, Callable[[Json, Around], Block]] = {
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
}
