"""Text on its way into Slack. Here, and only here, what a person typed is escaped.

`Mrkdwn` is text that Slack may interpret; `escape` and `md` are the only ways to make it, and the type checker
refuses a plain `str` where `Mrkdwn` is wanted. So `<!channel>` in a title pages nobody.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.tokens import Kind, Token, split, words_of

CUT = "… _(shortened)_"
WORTH_SAYING = 200  # characters; of less the ellipsis says enough
_FENCE = "```"


class Mrkdwn(str):
    """Text in Slack's mrkdwn in which everything typed by a person has been escaped."""

    __slots__ = ()


# Slack reads "certain mentions" out of plain words too (Slack docs, text object, `verbatim`): a word joiner, which
# nobody sees, keeps these from being any.
_QUIET_AT = "@\u2060"
_ATS = re.compile(r"@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)


def escape(text: str) -> Mrkdwn:
    """Make what a person typed harmless. `Mrkdwn` passes unchanged.

    A mention of one person or channel, a time and a bare address mean what they say. Groups and `@here` page nobody,
    and no label hides where a link leads: they are shown in words.

    Source: Slack docs, "Formatting text for app surfaces": `&`, `<` and `>` are the control characters.
    """
    if isinstance(text, Mrkdwn):
        return text
    shown = "".join(_live(piece) if isinstance(piece, Token) else _literal(piece) for piece in split(text))
    return Mrkdwn(close(shown))


def _literal(text: str) -> str:
    quiet = _ATS.sub(_QUIET_AT, text)
    return quiet.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _live(token: Token) -> str:
    value = _literal(token.value)
    match token.kind:
        case Kind.PERSON:
            return f"<@{value}>"
        case Kind.CHANNEL:
            return f"<#{value}>"
        case Kind.TIME:
            return _local_time(int(value), token.label)
        case Kind.LINK:
            return f"<{value}>"
        case Kind.GROUP:
            return _literal(words_of(token, {})).replace("@", _QUIET_AT, 1)
        case _:  # of addresses Slack makes links by itself
            return _literal(words_of(token, {}))


def md(pattern: str, /, *values: Any) -> Mrkdwn:
    """`str.format` for mrkdwn: the pattern is ours, every value is escaped unless it is `Mrkdwn` already."""
    return Mrkdwn(pattern.format(*(escape(each if isinstance(each, str) else str(each)) for each in values)))


def lines(*parts: Mrkdwn | None) -> Mrkdwn:
    """Parts below each other; what is None or empty takes no line."""
    return Mrkdwn("\n".join(part for part in parts if part))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters; what was cut shows as an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clip_mrkdwn(text: Mrkdwn, limit: int) -> Mrkdwn:
    """The same for mrkdwn, never cutting through an entity, a link or a code block; a long text says that it is cut."""
    if len(text) <= limit:
        return text
    mark = CUT if limit > WORTH_SAYING else "…"
    room = limit - len(mark)
    head = text[: _cut(text, room)].rstrip()
    if closing := _to_close(head):
        head = text[: _cut(text, room - len(closing))].rstrip()
        closing = _to_close(head)
    return Mrkdwn(head + closing + mark)


def chunks(text: Mrkdwn, limit: int) -> list[Mrkdwn]:
    """The whole text in pieces of at most `limit` characters: cut between lines or words, each code block whole."""
    pieces: list[Mrkdwn] = []
    rest = str(text)
    while len(rest) > limit:
        cut = _cut(rest, limit - len(_FENCE))
        head, rest = rest[:cut].rstrip(), rest[cut:].lstrip("\n ")
        closing = _to_close(head)
        pieces.append(Mrkdwn(head + closing))
        rest = closing + rest
    return [*pieces, Mrkdwn(rest)]


def quoted(text: str) -> Mrkdwn:
    """What a person typed, escaped and marked as a quotation: no line of it passes for one of ours.

    A code block cannot stand in a quotation and is one by itself.
    """
    parts = escape(text).split(_FENCE)  # every second part is code
    parts[::2] = ["\n".join(_quotation(line) for line in part.split("\n")) for part in parts[::2]]
    return Mrkdwn(_FENCE.join(parts))


def _quotation(line: str) -> str:
    return f">{line}" if line.strip() else line


def _cut(text: str, limit: int) -> int:
    """Where to cut: at most `limit`, through no token and no entity, rather between lines or words."""
    end = _outside(text, limit) or limit
    for between in ("\n", " "):
        place = _outside(text, text.rfind(between, 0, end))
        if place > end // 2:
            return place
    return end


def _outside(text: str, end: int) -> int:
    """The same place, or where the token or entity begins that it lies in."""
    opened = text.rfind("<", 0, max(end, 0))
    if opened > text.rfind(">", 0, max(end, 0)):
        end = opened
    found = re.search(r"&[a-z]{0,3}$", text[: max(end, 0)])
    return found.start() if found else end


def close(text: str) -> str:
    """The text with its last code block closed."""
    return text + _to_close(text)


def _to_close(text: str) -> str:
    """What closes a code block that the text leaves open: the rest would be turned inside out."""
    return _FENCE if text.count(_FENCE) % 2 else ""


def when(at: datetime) -> Mrkdwn:
    """A time that every reader sees in their own time zone.

    Source: Slack docs, "Formatting text for app surfaces", date formatting.
    """
    return Mrkdwn(moment(at))


def moment(at: datetime) -> str:
    """The same as house text, which every surface shows as it can: in the reader's zone, or in UTC."""
    return _local_time(int(at.timestamp()), utc(at))


def _local_time(unix: int, otherwise: str) -> str:
    return f"<!date^{unix}^{{date_short_pretty}} {{time}}|{_literal(otherwise) or 'unknown time'}>"


def clock(moment: datetime) -> Mrkdwn:
    """The time of day alone, in the reader's zone."""
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{time}}|{utc(moment)}>")


def utc(moment: datetime) -> str:
    """A time for places that know no reader: `2026-11-23 14:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def span(length: timedelta) -> str:
    """A length of time as people say it: `45 s`, `15 min`, `2 h 5 min`, `1 day 20 min`. Seconds count below a minute."""
    days, hours, minutes, seconds = _parts(length)
    parts = [
        f"{days} day" + ("s" if days > 1 else "") if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or f"{seconds} s"


def measured(length: timedelta) -> str:
    """A length as it is recorded, to the minute: `45 s`, `15 min`, `2 h 0 min`, `1 d 0 h 11 min`."""
    days, hours, minutes, seconds = _parts(length)
    if days:
        return f"{days} d {hours} h {minutes} min"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _parts(length: timedelta) -> tuple[int, int, int, int]:
    """Days, hours, minutes and seconds; nothing of a length below zero."""
    seconds = max(int(length.total_seconds()), 0)
    return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
