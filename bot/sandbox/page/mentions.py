"""The newer mentions of rich text as safe HTML (Slack docs, their own pages among the block elements)."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.reader import Reader

_TAG_COLORS = {"gray", "brown", "purple", "indigo", "blue", "green", "yellow", "orange", "red"}
# The kinds of mention, and the member with the name if there is no text.
_NAMED = {
    "attachment_mention": ("attachment", "url"),
    "canvas": ("canvas", "file_id"),
    "file": ("file", "file_id"),
    "list_record": ("list item", "file_id"),
    "salesforce_data_field": ("record", "salesforce_record_id"),
    "work_object_mention": ("work object", "entity_id"),
    "workflow_mention": ("workflow", "workflow_id"),
}


def tag(text: str, color: str | None) -> Markup:
    """A pill; its colour has no meaning beyond its text."""
    kind = color if color in _TAG_COLORS else "gray"
    return Markup('<span class="tag tag-{}">{}</span>').format(kind, text)


def _tag(element: Mapping[str, Any], _: Reader) -> Markup:
    return tag(str(element.get("text", "")), element.get("color"))


def _named(element: Mapping[str, Any], _: Reader) -> Markup:
    what, member = _NAMED[element["type"]]
    label = element.get("text") or element.get("salesforce_field_label") or f"{what} {element.get(member)}"
    words = Markup('<span class="mention">{}</span>').format(str(label))
    return inline.link(str(element.get("url") or ""), words)


def _message(element: Mapping[str, Any], reader: Reader) -> Markup:
    channel = str(element.get("channel_id") or element.get("root_message_channel") or "")
    words = str(element.get("text") or "")
    place = (
        Markup("{}").format(words)
        if words
        else Markup("a message in {}").format(inline.channel(channel, reader))
    )
    url = str(element.get("url") or "")
    return (
        inline.link(url, words) if url and words else Markup('<span class="mention">{}</span>').format(place)
    )


def _citation(element: Mapping[str, Any], _: Reader) -> Markup:
    index = Markup('<sup class="citation">[{}]</sup>').format(str(element.get("index", "")))
    return Markup("{}{}").format(
        str(element.get("text", "")), inline.link(str(element.get("url") or ""), index)
    )


MENTIONS: dict[str, Callable[[Mapping[str, Any], Reader], Markup]] = {
    **dict.fromkeys(_NAMED, _named),
    "tag": _tag,
    "message_mention": _message,
    "canvas_message_unfurl": _message,
    "canvas_user_mention": lambda element, reader: inline.user(str(element.get("user_id")), reader),
    "citation": _citation,
}
