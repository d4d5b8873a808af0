"""Slack's rich_text block as safe HTML (Slack docs, "Rich text block")."""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from bot.sandbox.page import inline
from bot.sandbox.page.mentions import MENTIONS
from bot.sandbox.page.reader import Reader
from bot.sandbox.text import emoji

_STYLES = (("code", "code"), ("bold", "b"), ("italic", "i"), ("strike", "s"), ("underline", "u"))


def rich_text(block: Mapping[str, Any], reader: Reader) -> Markup:
    """All sections of a rich_text block; sections of unknown types are left out."""
    elements = block.get("elements", [])
    return Markup("").join(
        _SECTIONS[element["type"]](element, reader)
        for element in elements
        if element.get("type") in _SECTIONS
    )


def _spans(section: Mapping[str, Any], reader: Reader) -> Markup:
    return Markup("").join(_element(element, reader) for element in section.get("elements", []))


def _element(element: Mapping[str, Any], reader: Reader) -> Markup:
    make = _ELEMENTS.get(str(element.get("type")))
    html = make(element, reader) if make else escape(str(element.get("text", "")))
    style = element.get("style")
    for name, tag in _STYLES:
        if isinstance(style, dict) and style.get(name):
            html = Markup("<{0}>{1}</{0}>").format(tag, html)
    return html


def _text(element: Mapping[str, Any], _: Reader) -> Markup:
    return Markup("<br>").join(inline.emojis(line) for line in str(element.get("text", "")).split("\n"))


def _link(element: Mapping[str, Any], _: Reader) -> Markup:
    url = str(element.get("url", ""))
    return inline.link(url, str(element.get("text") or url))


def _date(element: Mapping[str, Any], reader: Reader) -> Markup:
    return inline.date(
        str(element.get("timestamp", "")),
        str(element.get("format", "{date_short}")),
        reader,
        url=str(element.get("url") or ""),
        fallback=str(element.get("fallback") or ""),
    )


_ELEMENTS: dict[str, Callable[[Mapping[str, Any], Reader], Markup]] = {
    "text": _text,
    "link": _link,
    "date": _date,
    "user": lambda element, reader: inline.user(str(element.get("user_id")), reader),
    "channel": lambda element, reader: inline.channel(str(element.get("channel_id")), reader),
    "usergroup": lambda element, reader: inline.usergroup(str(element.get("usergroup_id")), reader),
    "broadcast": lambda element, _: inline.broadcast(str(element.get("range"))),
    "emoji": lambda element, _: inline.emoji_html(
        str(element.get("name")), emoji.character(str(element.get("name")))
    ),
    "color": lambda element, _: Markup("<code>{}</code>").format(str(element.get("value"))),
    **MENTIONS,
}


def _section(section: Mapping[str, Any], reader: Reader) -> Markup:
    return Markup('<div class="line">{}</div>').format(_spans(section, reader))


def _list(section: Mapping[str, Any], reader: Reader) -> Markup:
    indent = min(int(section.get("indent") or 0), 8)
    items = Markup("").join(
        Markup("<li>{}</li>").format(_spans(item, reader)) for item in section.get("elements", [])
    )
    if section.get("style") == "ordered":
        start = int(section.get("offset") or 0) + 1
        return Markup('<ol class="deep-{}" start="{}">{}</ol>').format(indent, start, items)
    return Markup('<ul class="deep-{}">{}</ul>').format(indent, items)


_SECTIONS: dict[str, Callable[[Mapping[str, Any], Reader], Markup]] = {
    "rich_text_section": _section,
    "rich_text_list": _list,
    "rich_text_quote": lambda section, reader: Markup("<blockquote>{}</blockquote>").format(
        _spans(section, reader)
    ),
    "rich_text_preformatted": lambda section, reader: Markup("<pre><code>{}</code></pre>").format(
        _spans(section, reader)
    ),
}
