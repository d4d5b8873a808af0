"""Read a message's text and author, however the message reaches the bot.

People write text; apps write blocks and attachments, and often leave the text empty. All of it becomes text with
Slack's tokens, as if a person had typed it.

Source: Slack docs, "message event", "Block Kit", "Reference: secondary message attachments", "bot_message".
"""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Payload = Mapping[str, Any]

_NO_WORDS = re.compile(r"\s*(?:\[no preview available\]|This (?:content|message) can't be displayed\.?)?\s*")
_ADDRESS = re.compile(r"https?://[^\s|<>]+")
_LINE_END = re.compile(r"\r\n?")
# C0 except tab and line feed, DEL; lone surrogates; bidi embeddings, overrides and isolates (Unicode, UAX #9)
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_QUIET = frozenset({"actions", "input", "context_actions"})  # interactive blocks, which have no text
_TEXTS = frozenset({"mrkdwn", "plain_text", "raw_text", "raw_number", "markdown"})


@dataclass(frozen=True, slots=True)
class ParsedMessage:
    """A message, as text.

    Attributes:
        text: its text; may be empty.
        author: the id of the person who wrote it; empty if an app did.
        app: the name of the app that wrote it; empty if a person did.
    """

    text: str
    author: str = ""
    app: str = ""


def read(message: Payload, *, with_links: bool = False) -> ParsedMessage:
    """Read a message from Slack's events, shortcuts or methods; `with_links` adds the links to its files."""
    text = typed(str(message.get("text") or ""))
    body = text if _has_words(text) else _of_blocks(message.get("blocks") or ())
    shared = [
        _of_attachment(each) for each in message.get("attachments") or () if not (body and _unfurls(each))
    ]
    files = [_file(each, with_link=with_links) for each in message.get("files") or ()]
    said = "\n".join(part.strip() for part in (body, *shared, *files) if _has_words(part))
    author = str(message.get("user") or "")
    return ParsedMessage(clean(said), author, "" if author else clean(_app(message)))


def _file(file: Payload, *, with_link: bool) -> str:
    """A file by name; empty if it has none. Whoever may see the file can open its permalink."""
    name, link = file.get("title") or file.get("name"), str(file.get("permalink") or "")
    if not name:
        return ""
    return f"(file: {name} <{link}>)" if with_link and _ADDRESS.fullmatch(link) else f"(file: {name})"


def typed(text: str) -> str:
    """The text as it was typed: Slack escapes only `&`, `<` and `>` (Slack docs, "Formatting text")."""
    return clean(html.unescape(text) if "&" in text else text)


def clean(text: str) -> str:
    """Text without characters that nobody types on purpose and that do harm in a database, a log or a message.

    A lone surrogate cannot be encoded, PostgreSQL refuses NUL, other control characters are useless or harmful in a
    terminal, and bidi controls can change how other text reads. Emoji, joiners and right-to-left scripts stay.
    """
    return _UNWANTED.sub("", _LINE_END.sub("\n", text))


def _app(message: Payload) -> str:
    profile: Payload = message.get("bot_profile") or {}
    return str(message.get("username") or profile.get("name") or "an app")


def _has_words(text: str) -> bool:
    return _NO_WORDS.fullmatch(text) is None


def _unfurls(attachment: Payload) -> bool:
    """Whether it is only the preview of a link that is already in the text. A shared message is more than that."""
    shared = attachment.get("is_share") or attachment.get("is_msg_unfurl")
    return bool(attachment.get("from_url") or attachment.get("original_url")) and not shared


def _of_attachment(attachment: Payload) -> str:
    forwarded = [
        _of_blocks((each.get("message") or {}).get("blocks") or ())
        for each in attachment.get("message_blocks") or ()
    ]
    fields = [f"{each.get('title', '')}: {each.get('value', '')}" for each in attachment.get("fields") or ()]
    texts = [attachment.get("pretext"), attachment.get("title"), attachment.get("text"), *fields]
    words = [typed(str(part)) for part in texts if part]
    body = "\n".join(part for part in forwarded if part) or _of_blocks(attachment.get("blocks") or ())
    text = body or "\n".join(words) or typed(str(attachment.get("fallback") or ""))
    author = attachment.get("author_name") if attachment.get("is_share") else ""
    return f"{author}: {text}" if author and _has_words(text) else text


def _of_blocks(blocks: Iterable[Payload]) -> str:
    return "\n".join(text for block in blocks if (text := _of_block(block).strip()))


def _of_block(block: Payload) -> str:
    kind = block.get("type")
    if kind in _QUIET:
        return ""
    if kind == "rich_text":
        return "\n".join(_rich(element) for element in block.get("elements") or ())
    if kind == "markdown":
        return str(block.get("text") or "")
    if kind in ("table", "data_table"):
        return "\n".join(" | ".join(_cell(cell) for cell in row) for row in block.get("rows") or ())
    return "\n".join(_texts(block))


def _texts(node: Any) -> Iterator[str]:
    """All text objects in it, in order. Slack escapes `mrkdwn`, but not plain text."""
    if isinstance(node, Mapping):
        if node.get("type") in _TEXTS and "text" in node:
            text = str(node["text"])
            yield typed(text) if node["type"] == "mrkdwn" else text
            return
        if node.get("type") == "rich_text":
            yield _of_block(node)
            return
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each)


def _cell(cell: Payload) -> str:
    return " ".join(_texts(cell))


def _rich(element: Payload) -> str:
    """The text of a rich text element (Slack docs, "Rich text block")."""
    pieces = element.get("elements") or ()
    if element.get("type") == "rich_text_list":
        return "\n".join(f"• {_rich(each)}" for each in pieces)
    text = "".join(_inline(piece) for piece in pieces)
    if element.get("type") == "rich_text_preformatted":
        return f"```\n{text}\n```"
    if element.get("type") == "rich_text_quote":
        return "\n".join(f"> {line}" for line in text.splitlines())
    return text


def _inline(piece: Payload) -> str:
    match piece.get("type"):
        case "user":
            return f"<@{piece.get('user_id')}>"
        case "channel":
            return f"<#{piece.get('channel_id')}>"
        case "usergroup":
            return f"<!subteam^{piece.get('usergroup_id')}>"
        case "broadcast":
            return f"<!{piece.get('range')}>"
        case "emoji":
            return f":{piece.get('name')}:"
        case "link":
            label = piece.get("text")
            return f"<{piece.get('url')}|{label}>" if label else f"<{piece.get('url')}>"
        case "date":
            return f"<!date^{piece.get('timestamp')}^{piece.get('format')}|{piece.get('fallback') or ''}>"
        case _:
            return str(piece.get("text") or piece.get("value") or "")
