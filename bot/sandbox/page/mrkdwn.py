"""Slack's mrkdwn as safe HTML.

Everything that people and apps wrote is escaped first; all markup in the result is produced here
(Slack docs, "Formatting text for app surfaces").
"""

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.reader import Reader

_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_TOKENS = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?P<bare>https?://[^\s<>|`*]+[^\s<>|`*_~.,;:!?)\]}'\"])"
    # A mark opens after a word boundary and closes before one, with no space between it and its text.
    r"|(?<![\w*])\*(?P<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<italic>[^\s_](?:[^\n]{0,1000}?[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
_LIST_ITEM = re.compile(r"^( *)(•|◦|▪|-|\d{1,3}\.)\s+(\S.*)$")
_TAGS = {"bold": "b", "italic": "i", "strike": "s"}


def mrkdwn(text: str, reader: Reader) -> Markup:
    """The whole text: code fences, quotes, lists and lines."""
    pieces = _FENCE.split(text)
    html = [
        Markup("<pre><code>{}</code></pre>").format(_code(piece, reader)) if odd else _lines(piece, reader)
        for piece, odd in zip(pieces, [False, True] * len(pieces), strict=False)
    ]
    return Markup("").join(html)


def spans(text: str, reader: Reader) -> Markup:
    """The markup inside one line."""
    pieces, end = [], 0
    for token in _TOKENS.finditer(text):
        pieces += [_plain(text[end : token.start()]), _span(token, reader)]
        end = token.end()
    return Markup("").join([*pieces, _plain(text[end:])])


def plain(text: str) -> Markup:
    """A plain_text object: no markup except `:emoji:` and line breaks."""
    return Markup("<br>").join(inline.emojis(line) for line in text.split("\n"))


def _plain(text: str) -> Markup:
    return inline.emojis(inline.unescape(text))


def _code(text: str, reader: Reader) -> Markup:
    """Inside code only links and mentions work."""
    parts = re.split(r"<([^<>\n]+)>", text)
    return Markup("").join(
        _angle(part, reader) if odd else inline.unescape(part)
        for part, odd in zip(parts, [False, True] * len(parts), strict=False)
    )


def _span(token: re.Match[str], reader: Reader) -> Markup:
    kind, text = str(token.lastgroup), token.group(str(token.lastgroup))
    if kind == "code":
        return Markup("<code>{}</code>").format(_code(text, reader))
    if kind == "angle":
        return _angle(text, reader)
    if kind == "bare":
        url = inline.unescape(text)
        return inline.link(url, url)
    return Markup("<{0}>{1}</{0}>").format(_TAGS[kind], spans(text, reader))


def _angle(text: str, reader: Reader) -> Markup:
    """The contents of `<` and `>`: a mention, a date or a link; anything else stays unchanged."""
    target, _, label = text.partition("|")
    label = inline.unescape(label)
    if target.startswith("@"):
        return inline.user(target[1:], reader, label)
    if target.startswith("#"):
        return inline.channel(target[1:], reader, label)
    if target.startswith("!"):
        return _special(target[1:], label, reader)
    url = inline.unescape(target)
    return inline.link(url, inline.emojis(label or url)) if inline.is_safe(url) else _plain(f"<{text}>")


def _special(target: str, label: str, reader: Reader) -> Markup:
    name, *rest = target.split("^")
    if name == "date" and len(rest) > 1:
        return inline.date(rest[0], rest[1], reader, url="^".join(rest[2:]), fallback=label)
    if name == "subteam" and rest:
        return inline.usergroup(rest[0], reader, label)
    return inline.broadcast(name, label)


def _lines(text: str, reader: Reader) -> Markup:
    lines = text.strip("\n").split("\n") if text.strip("\n") else []
    quoted_rest = next(
        (at for at, line in enumerate(lines) if line.startswith(("&gt;&gt;&gt;", ">>>"))), None
    )
    tail = []
    if quoted_rest is not None:
        rest = "\n".join(lines[quoted_rest:]).removeprefix("&gt;&gt;&gt;").removeprefix(">>>").strip()
        tail, lines = [_quote(rest.split("\n"), reader)], lines[:quoted_rest]
    return Markup("").join(
        [*(_BLOCKS[kind](list(run), reader) for kind, run in groupby(lines, _kind)), *tail]
    )


def _kind(line: str) -> str:
    if line.startswith(("&gt;", ">")):
        return "quote"
    item = _LIST_ITEM.match(line)
    if item:
        return "numbers" if item.group(2)[0].isdecimal() else "bullets"
    return "text"


def _joined(lines: Iterable[str], reader: Reader) -> Markup:
    return Markup("<br>").join(spans(line, reader) for line in lines)


def _text(lines: list[str], reader: Reader) -> Markup:
    return Markup('<div class="line">{}</div>').format(_joined(lines, reader))


def _quote(lines: list[str], reader: Reader) -> Markup:
    bare = [line.removeprefix("&gt;").removeprefix(">").removeprefix(" ") for line in lines]
    return Markup("<blockquote>{}</blockquote>").format(_joined(bare, reader))


def _items(lines: list[str], reader: Reader) -> Markup:
    items = [found for line in lines if (found := _LIST_ITEM.match(line))]
    return Markup("").join(
        Markup('<li class="deep-{}">{}</li>').format(
            min(len(item.group(1)) // 2, 4), spans(item.group(3), reader)
        )
        for item in items
    )


def _bullets(lines: list[str], reader: Reader) -> Markup:
    return Markup("<ul>{}</ul>").format(_items(lines, reader))


def _numbers(lines: list[str], reader: Reader) -> Markup:
    first = lines[0].strip().split(".", 1)[0]
    return Markup('<ol start="{}">{}</ol>').format(first, _items(lines, reader))


_BLOCKS: dict[str, Callable[[list[str], Reader], Markup]] = {
    "text": _text,
    "quote": _quote,
    "bullets": _bullets,
    "numbers": _numbers,
}
