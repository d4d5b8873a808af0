"""Text on its way into Slack. Here, and only here, what a person typed is escaped.

`Mrkdwn` is text that Slack may interpret; `escape` and `md` are the only ways to make it, and the type checker
refuses a plain `str` where `Mrkdwn` is wanted. So `<!channel>` in a title pages nobody.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.tokens import Kind, Token, split, words_of


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
    return Mrkdwn(
        "".join(_live(piece) if isinstance(piece, Token) else _literal(piece) for piece in split(text))
    )


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
    """The same for mrkdwn, never cutting through an entity or a link."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    head = head[: head.rfind("<")] if head.rfind("<") > head.rfind(">") else head
    head = re.sub(r"&[a-z]{0,3}$", "", head)
    return Mrkdwn(head.rstrip() + "…")


def when(moment: datetime) -> Mrkdwn:
    """A time that every reader sees in their own time zone.

    Source: Slack docs, "Formatting text for app surfaces", date formatting.
    """
    return Mrkdwn(_local_time(int(moment.timestamp()), utc(moment)))


def _local_time(unix: int, otherwise: str) -> str:
    return f"<!date^{unix}^{{date_short_pretty}} {{time}}|{_literal(otherwise) or 'unknown time'}>"


def clock(moment: datetime) -> Mrkdwn:
    """The time of day alone, in the reader's zone."""
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{time}}|{utc(moment)}>")


def utc(moment: datetime) -> str:
    """A time for places that know no reader: `2026-11-23 14:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def span(length: timedelta) -> str:
    """A length of time as people say it: `45 s`, `15 min`, `2 h 5 min`, `3 days 4 h`."""
    seconds = max(int(length.total_seconds()), 0)
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        parts = [f"{days} day" + ("s" if days > 1 else ""), f"{hours} h" if hours else ""]
    elif hours:
        parts = [f"{hours} h", f"{minutes} min" if minutes else ""]
    elif minutes:
        parts = [f"{minutes} min"]
    else:
        parts = [f"{seconds} s"]
    return " ".join(part for part in parts if part)
