"""Rich text from typed text, as Slack's composer sends it."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.state.workspace import Workspace
from bot.sandbox.text import emoji
from bot.sandbox.text.mrkdwn import to_mrkdwn

Piece = dict[str, Any]

PREFORMATTED = re.compile(r"```\n?(.+?)\n?```\n?", re.DOTALL)
QUOTED = "&gt;"
# A mention or link, code, an emoji by name or as a character, or bold, italic or struck text; not across lines or
# inside a word.
TOKEN = re.compile(
    r"<(?P<link>[^<>]+)>"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<!\w):(?P<emoji>[a-z0-9_+'-]+(?:::skin-tone-[2-6])?):"
    rf"|(?P<symbol>{emoji.SYMBOL})"
    r"|(?<!\w)(?P<mark>[*_~])(?=[^\s*_~])(?P<styled>[^\n]*?\S)(?P=mark)(?!\w)"
)
STYLES = {"*": "bold", "_": "italic", "~": "strike"}


def written(workspace: Workspace, text: str, author: str) -> dict[str, Any]:
    """A message's `text` and `blocks`: Slack's composer sends every message as a `rich_text` block too.

    Source: Slack docs, rich text block.
    """
    mrkdwn = to_mrkdwn(workspace, text, author)
    return {"text": emoji.named(mrkdwn), "blocks": [rich_text(mrkdwn)] if mrkdwn else None}


def rich_text(text: str) -> dict[str, Any]:
    """Slack mrkdwn, escaped as Slack sends it, as a `rich_text` block."""
    return {"type": "rich_text", "elements": list(_elements(text))}


def _elements(text: str) -> Iterator[Piece]:
    end = 0
    for code in PREFORMATTED.finditer(text):
        yield from _paragraphs(text[end : code.start()])
        yield {"type": "rich_text_preformatted", "elements": [_text(code[1], {})]}
        end = code.end()
    yield from _paragraphs(text[end:])


def _paragraphs(text: str) -> Iterator[Piece]:
    """Lines that begin with `>` are quotes; the lines between them are sections."""
    gathered: list[str] = []
    quoting = False
    for line in text.split("\n") if text else ():
        quote = line.startswith(QUOTED)
        if gathered and quote != quoting:
            yield _paragraph(gathered, quoting=quoting)
            gathered = []
        quoting = quote
        gathered.append(line.removeprefix(QUOTED).removeprefix(" ") if quote else line)
    if any(gathered):
        yield _paragraph(gathered, quoting=quoting)


def _paragraph(lines: list[str], *, quoting: bool) -> Piece:
    kind = "rich_text_quote" if quoting else "rich_text_section"
    return {"type": kind, "elements": list(_pieces("\n".join(lines), {}))}


def _pieces(text: str, style: dict[str, bool]) -> Iterator[Piece]:
    end = 0
    for token in TOKEN.finditer(text):
        name = emoji.name_of(token["symbol"]) if token["symbol"] else token["emoji"]
        if (token["symbol"] or token["emoji"]) and (name is None or emoji.character(name) is None):
            continue  # an unknown emoji stays text
        if token.start() > end:
            yield _text(text[end : token.start()], style)
        end = token.end()
        if token["styled"]:
            yield from _pieces(token["styled"], {**style, STYLES[token["mark"]]: True})
        elif token["code"]:
            yield _text(token["code"], {**style, "code": True})
        elif name:
            yield _emoji(name)
        else:
            yield _link(token["link"]) | ({"style": style} if style else {})
    if end < len(text):
        yield _text(text[end:], style)


def _emoji(name: str) -> Piece:
    """Slack docs, emoji element: with the code points, and the skin tone where it has one."""
    base, _, tone = name.partition("::skin-tone-")
    points = [f"{ord(point):x}" for point in str(emoji.character(base))]
    if not tone:
        return {"type": "emoji", "name": base, "unicode": "-".join(points)}
    toned = "-".join([points[0], f"{int(tone) + 0x1F3F9:x}", *(p for p in points[1:] if p != "fe0f")])
    return {"type": "emoji", "name": base, "unicode": toned, "skin_tone": int(tone)}


def _link(target: str) -> Piece:
    match target[0]:
        case "@":
            return {"type": "user", "user_id": target[1:]}
        case "#":
            return {"type": "channel", "channel_id": target[1:]}
        case "!":
            return _special(target[1:])
    url, _, label = target.partition("|")
    return {"type": "link", "url": _plain(url), **({"text": _plain(label)} if label else {})}


def _special(target: str) -> Piece:
    kind, _, group = target.partition("^")
    if kind == "subteam":
        return {"type": "usergroup", "usergroup_id": group}
    return {"type": "broadcast", "range": target}


def _text(text: str, style: dict[str, bool]) -> Piece:
    # In code, a link is what was typed, and an emoji its name.
    plain = _plain(re.sub(r"<(?:[^<>|]+\|)?([^<>]+)>", r"\1", emoji.named(text)))
    return {"type": "text", "text": plain, **({"style": style} if style else {})}


def _plain(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
