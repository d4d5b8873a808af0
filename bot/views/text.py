"""Text on its way into Slack. Here, and only here, what a person typed is escaped.

`Mrkdwn` is text that Slack may interpret; `escape` and `md` are the only ways to make it, and the type checker
refuses a plain `str` where `Mrkdwn` is wanted. So `<!channel>` in a title pages nobody.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any


class Mrkdwn(str):
    """Text in Slack's mrkdwn in which everything typed by a person has been escaped."""

    __slots__ = ()


# A mention of one person or channel, and a bare link, mean what they say; all else in angle brackets
# (`<!channel>`, `<!subteam^S1>`, `<https://evil|https://good>`) is shown, not obeyed.
_HARMLESS = re.compile(
    r"&lt;(@[UW][A-Z0-9]+|#[CG][A-Z0-9]+|https?://[^\s|&<>]+(?:&amp;[^\s|&<>]+)*)(?:\|[^&<>]*)?&gt;"
)


def escape(text: str) -> Mrkdwn:
    """Make what a person typed harmless. `Mrkdwn` passes unchanged.

    Source: Slack docs, "Formatting text for app surfaces": `&`, `<` and `>` are the control characters.
    """
    if isinstance(text, Mrkdwn):
        return text
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Mrkdwn(_HARMLESS.sub(r"<\1>", escaped))


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
    unix = int(moment.timestamp())
    return Mrkdwn(f"<!date^{unix}^{{date_short_pretty}} {{time}}|{utc(moment)}>")


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
