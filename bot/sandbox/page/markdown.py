"""Standard Markdown as safe HTML: the markdown block, canvases and previews of `.md` files.

The same subset as in Slack's canvases: headings, emphasis, code, quotes, lists, checklists, tables,
links, dividers and mentions.
"""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from bot.sandbox.page import inline
from bot.sandbox.page.reader import Reader

# The deepest nesting of quotes; deeper ones are drawn at this depth.
_DEEPEST = 5
# Lengths are limited so that no text takes long to parse.
_SPAN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|!?\[(?P<label>[^\]\n]{0,500})\]\((?P<url>[^()\s]+(?:\([^()\s]*\))?)\)"
    r"|!\[\]\((?P<card>[@#][UWC][A-Z0-9]+)\)"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?P<bare>https?://[^\s<>|`*)]+[^\s<>|`*_~.,;:!?)\]}'\"])"
    r"|(?P<mention>[@#][UWC][A-Z0-9]{5,})\b"
    r"|\*\*(?P<strong>\S(?:.{0,1000}?\S)?)\*\*|__(?P<strong2>\S(?:.{0,1000}?\S)?)__"
    r"|~~(?P<del>\S(?:.{0,1000}?\S)?)~~"
    r"|(?<![\w*])\*(?P<em>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<em2>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|\\(?P<literal>[\\`*_{}\[\]()#+.!<>|~-])"
)
_TAGS = {"strong": "strong", "strong2": "strong", "del": "s", "em": "em", "em2": "em"}
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_RULE = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$")
_CHECK = re.compile(r"^\[([ xX])\]\s+(.*)$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_Lines = list[str]


def markdown(text: str, reader: Reader, depth: int = 0) -> Markup:
    """The whole document, or the inside of `depth` quotes."""
    lines, html = text.replace("\r\n", "\n").split("\n"), []
    while lines:
        if not lines[0].strip():
            lines = lines[1:]
            continue
        block, lines = _block(lines, reader, depth)
        html.append(block)
    return Markup("").join(html)


def _block(lines: _Lines, reader: Reader, depth: int) -> tuple[Markup, _Lines]:
    """The first block of the lines as HTML, and the lines after it."""
    first = lines[0]
    if _FENCE.match(first):
        return _fence(lines)
    if heading := _HEADING.match(first):
        level = min(len(heading.group(1)), 4)
        return Markup("<h{0}>{1}</h{0}>").format(level, spans(heading.group(2), reader)), lines[1:]
    if _RULE.match(first):
        return Markup("<hr>"), lines[1:]
    if first.lstrip().startswith(">"):
        body, rest = _take(lines, lambda line: line.lstrip().startswith(">"))
        mark = r"^\s*> ?" if depth < _DEEPEST else r"^(\s*> ?)+"
        inner = "\n".join(re.sub(mark, "", line) for line in body)
        return Markup("<blockquote>{}</blockquote>").format(markdown(inner, reader, depth + 1)), rest
    if _ITEM.match(first):
        body, rest = _take(lines, lambda line: bool(_ITEM.match(line)) or line.startswith("  "))
        return _list(body, reader), rest
    if "|" in first and len(lines) > 1 and _TABLE_RULE.match(lines[1]):
        body, rest = _take(lines, lambda line: "|" in line)
        return _table(body, reader), rest
    # The first line is always part of the paragraph, so that every step consumes at least one line.
    body, rest = _take(lines[1:], _continues)
    html = Markup("<br>").join(spans(line.strip(), reader) for line in [first, *body])
    return Markup("<p>{}</p>").format(html), rest


def _take(lines: _Lines, belongs: Callable[[str], bool]) -> tuple[_Lines, _Lines]:
    end = next((at for at, line in enumerate(lines) if not belongs(line)), len(lines))
    return lines[:end], lines[end:]


def _continues(line: str) -> bool:
    starts_another = (
        _FENCE.match(line) or _HEADING.match(line) or _RULE.match(line) or _ITEM.match(line)
    ) or line.lstrip().startswith(">")
    return bool(line.strip()) and not starts_another


def _fence(lines: _Lines) -> tuple[Markup, _Lines]:
    body, rest = _take(lines[1:], lambda line: not _FENCE.match(line))
    return Markup("<pre><code>{}</code></pre>").format("\n".join(body)), rest[1:]


def _list(lines: _Lines, reader: Reader) -> Markup:
    ordered = lines[0].lstrip()[0].isdecimal()
    items: list[tuple[int, str]] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            items.append((len(item.group(1).expandtabs(4)) // 2, item.group(3)))
        else:
            depth, text = items.pop()
            items.append((depth, f"{text} {line.strip()}"))
    html = Markup("").join(_list_item(text, depth, reader) for depth, text in items)
    return Markup("<{0}>{1}</{0}>").format("ol" if ordered else "ul", html)


def _list_item(text: str, depth: int, reader: Reader) -> Markup:
    check = _CHECK.match(text)
    if not check:
        return Markup('<li class="deep-{}">{}</li>').format(min(depth, 4), spans(text, reader))
    done = check.group(1) != " "
    box = Markup('<span role="img" aria-label="{}">{}</span>').format(
        "done" if done else "to do", "☑" if done else "☐"
    )
    return Markup('<li class="task deep-{}">{} {}</li>').format(
        min(depth, 4), box, spans(check.group(2), reader)
    )


def _table(lines: _Lines, reader: Reader) -> Markup:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in [lines[0], *lines[2:]]]
    html = [
        Markup("").join(
            Markup("<{0}>{1}</{0}>").format("td" if at else "th", spans(cell, reader)) for cell in row
        )
        for at, row in enumerate(rows)
    ]
    body = Markup("").join(Markup("<tr>{}</tr>").format(row) for row in html)
    return Markup('<div class="table"><table>{}</table></div>').format(body)


def spans(text: str, reader: Reader) -> Markup:
    """The markup inside one line."""
    pieces, end = [], 0
    for token in _SPAN.finditer(text):
        pieces += [inline.emojis(text[end : token.start()]), _span(token, reader)]
        end = token.end()
    return Markup("").join([*pieces, inline.emojis(text[end:])])


def _span(token: re.Match[str], reader: Reader) -> Markup:
    kind, found = str(token.lastgroup), token.groupdict()
    text = found[kind] or ""
    if kind == "url":
        return _link(found["label"] or "", text, reader)
    if kind in {"card", "mention"}:
        return _mention(text, reader)
    if kind == "code":
        return Markup("<code>{}</code>").format(text)
    if kind == "literal":
        return escape(text)
    if kind in {"angle", "bare"}:
        return inline.link(text, text) if inline.is_safe(text) else escape(token.group(0))
    return Markup("<{0}>{1}</{0}>").format(_TAGS[kind], spans(text, reader))


def _link(label: str, url: str, reader: Reader) -> Markup:
    if re.fullmatch(r"[@#][UWC][A-Z0-9]+", url):  # how a canvas writes mentions: ![](@U123)
        return _mention(url, reader)
    return inline.link(url, spans(label, reader) if label and label != url else url)


def _mention(text: str, reader: Reader) -> Markup:
    return inline.user(text[1:], reader) if text[0] == "@" else inline.channel(text[1:], reader)
