"""View models of Work Objects, which are shown below a message (Slack docs, Work Objects)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.elements import Json
from bot.sandbox.page.mentions import tag
from bot.sandbox.page.reader import Reader

_DATES = ("date_created", "date_updated")  # fields that are times without saying so


@dataclass(frozen=True, slots=True)
class Entity:
    """A Work Object, ready to be drawn.

    Attributes:
        fields: labels and values, in order.
        buttons: the labels of the buttons that Slack would show.
    """

    kind: str
    title: Markup
    display_id: str
    fields: tuple[tuple[str, Markup], ...]
    buttons: tuple[str, ...]


def entity(raw: Json, reader: Reader) -> Entity:
    """The view model of one of the `entities` of a message's metadata."""
    payload = raw.get("entity_payload") or {}
    attributes = payload.get("attributes") or {}
    title = str((attributes.get("title") or {}).get("text", ""))
    kind = str(attributes.get("display_type") or raw.get("entity_type", "")).rpartition("/")[2]
    actions = payload.get("actions") or {}
    pressed = [*(actions.get("primary_actions") or []), *(actions.get("overflow_actions") or [])]
    return Entity(
        kind=_label(kind),
        title=inline.link(str(raw.get("url", "")), title),
        display_id=str(attributes.get("display_id") or ""),
        fields=tuple(_ordered(payload, reader)),
        buttons=tuple(str(each.get("text", "")) for each in pressed),
    )


def _ordered(payload: Json, reader: Reader) -> Iterator[tuple[str, Markup]]:
    """All fields, first those in `display_order`."""
    fields = {str(key): field for key, field in (payload.get("fields") or {}).items()}
    fields |= {str(field.get("key", "")): field for field in payload.get("custom_fields") or []}
    first = [str(key) for key in payload.get("display_order") or [] if str(key) in fields]
    for key in [*first, *(key for key in fields if key not in first)]:
        field = fields[key]
        is_date = key in _DATES and "type" not in field
        shown = {**field, "type": "slack#/types/timestamp"} if is_date else field
        yield str(field.get("label") or _label(key)), _value(shown, reader)


def _value(field: Json, reader: Reader) -> Markup:
    if user := field.get("user"):
        return inline.user(str(user.get("user_id", "")), reader)
    value: Any = field.get("value", "")
    if field.get("type") == "slack#/types/channel_id":
        return inline.channel(str(value), reader)
    if field.get("type") == "slack#/types/timestamp":
        return inline.date(str(value), "{date_short_pretty} {time}", reader)
    if isinstance(value, list):
        return Markup(", ").join(
            _value(each if isinstance(each, dict) else {"value": each}, reader) for each in value
        )
    text = str(value)
    if field.get("tag_color"):
        return tag(text, str(field["tag_color"]))
    return inline.link(str(field.get("link") or ""), text)


def _label(key: str) -> str:
    return key.replace("_", " ").capitalize()
