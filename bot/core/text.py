"""Text for Slack. What people typed is escaped here and nowhere else.

`Mrkdwn` is text that Slack may interpret. Only `escape` and `md` make it, and the type checker refuses a plain `str`
where `Mrkdwn` is required. So `<!channel>` in a title notifies nobody.
Raw text is text as it is stored: it has tokens such as `<@U1>`, and nothing in it is escaped.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.core.tokens import Kind, Token, split, words_of

_SINGLE = {timedelta(days=1): "day", timedelta(hours=1): "hour", timedelta(minutes=1): "minute"}
CUT = "… _(shortened)_"
WORTH_SAYING = 200  # characters; for a shorter limit an ellipsis is enough
_FENCE = "```"


class Mrkdwn(str):
    """Text in Slack's mrkdwn in which everything that people typed is escaped."""

    __slots__ = ()


# Slack finds "certain mentions" in plain words too (Slack docs, text object, `verbatim`). An invisible word joiner
# prevents that.
_QUIET_AT = "@\u2060"
_ATS = re.compile(r"@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)


def escape(text: str) -> Mrkdwn:
    """Escape what a person typed. `Mrkdwn` is returned unchanged.

    Mentions of one person or channel, times and plain links keep working. Groups and `@here` become words, so that they
    notify nobody; a link with a label becomes words too, so that the label cannot hide where it leads.

    Source: Slack docs, "Formatting text for app surfaces": `&`, `<` and `>` are the control characters.
    """
    if isinstance(text, Mrkdwn):
        return text
    shown = "".join(_live(piece) if isinstance(piece, Token) else _literal(piece) for piece in split(text))
    return Mrkdwn(close_code_block(shown))


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
        case _:  # Slack itself turns e-mail addresses and numbers into links
            return _literal(words_of(token, {}))


def md(pattern: str, /, *values: Any) -> Mrkdwn:
    """`str.format` for mrkdwn. The pattern is trusted; every value is escaped unless it is already `Mrkdwn`."""
    return Mrkdwn(pattern.format(*(escape(each if isinstance(each, str) else str(each)) for each in values)))


def link_to(address: str, label: str) -> Mrkdwn:
    """A link with a label of ours; empty if it is no address."""
    token = next(split(f"<{address}>"), "")
    is_link = isinstance(token, Token) and token.kind is Kind.LINK and token.value == address
    return Mrkdwn(f"<{_literal(address)}|{label}>") if is_link else Mrkdwn("")


def lines(*parts: Mrkdwn | None) -> Mrkdwn:
    """The parts as lines; a part that is None or empty is left out."""
    return Mrkdwn("\n".join(part for part in parts if part))


def dotted(*parts: Mrkdwn | None) -> Mrkdwn:
    """The parts on one line, with dots between them; a part that is None or empty is left out."""
    return Mrkdwn(" · ".join(part for part in parts if part))


def clip(text: str, limit: int) -> str:
    """At most `limit` characters; a text that was cut ends with an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def clip_mrkdwn(text: Mrkdwn, limit: int) -> Mrkdwn:
    """The same for mrkdwn. It never cuts inside an entity, a link or a code block; a long text says that it was cut."""
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
    """The whole text in pieces of at most `limit` characters, cut between lines or words; code blocks are closed."""
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
    """What a person typed, escaped and marked as a quotation, so that no line of it looks like one of ours.

    Slack allows no code block in a quotation, so a code block stays outside.
    """
    parts = escape(text).split(_FENCE)  # every second part is code
    parts[::2] = ["\n".join(_quotation(line) for line in part.split("\n")) for part in parts[::2]]
    return Mrkdwn(_FENCE.join(parts))


def _quotation(line: str) -> str:
    return f">{line}" if line.strip() else line


def _cut(text: str, limit: int) -> int:
    """Where to cut: at `limit` or before, outside of tokens and entities, if possible between lines or words."""
    end = _outside(text, limit) or limit
    for between in ("\n", " "):
        place = _outside(text, text.rfind(between, 0, end))
        if place > end // 2:
            return place
    return end


def _outside(text: str, end: int) -> int:
    """The same position; or, if it is inside a token or an entity, where that begins."""
    opened = text.rfind("<", 0, max(end, 0))
    if opened > text.rfind(">", 0, max(end, 0)):
        end = opened
    found = re.search(r"&[a-z]{0,3}$", text[: max(end, 0)])
    return found.start() if found else end


def close_code_block(text: str) -> str:
    """The text with its last code block closed."""
    return text + _to_close(text)


def _to_close(text: str) -> str:
    """The fence that closes a code block which the text leaves open; without it, code and text would be swapped."""
    return _FENCE if text.count(_FENCE) % 2 else ""


def when(at: datetime) -> Mrkdwn:
    """A time that every reader sees in their own time zone.

    Source: Slack docs, "Formatting text for app surfaces", date formatting.
    """
    return Mrkdwn(moment(at))


def moment(at: datetime) -> str:
    """The same as raw text. A surface shows it in the reader's own time zone if it can, or in UTC."""
    return _local_time(int(at.timestamp()), utc(at))


def _local_time(unix: int, otherwise: str) -> str:
    return f"<!date^{unix}^{{date_short_pretty}} {{time}}|{_literal(otherwise) or 'unknown time'}>"


def countdown(at: datetime) -> Mrkdwn:
    """A time in the reader's time zone, and how long it is until then or since then, as of when it is read.

    Source: Slack docs, "Formatting text for app surfaces", `{ago}`.
    """
    unix = int(at.timestamp())
    return Mrkdwn(f"<!date^{unix}^{{date_short_pretty}} {{time}} ({{ago}})|{utc(at)}>")


def local_day(at: datetime) -> Mrkdwn:
    """Only the day with its weekday, in the reader's own time zone: `Friday, December 4th, 2026`, or `today`."""
    return Mrkdwn(f"<!date^{int(at.timestamp())}^{{date_long_pretty}}|{at.astimezone(UTC):%Y-%m-%d}>")


def clock(moment: datetime) -> Mrkdwn:
    """Only the time of day, in the reader's own time zone."""
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{time}}|{utc(moment)}>")


def clock_and_day(moment: datetime) -> Mrkdwn:
    """The time of day and, in parentheses, the day, for a time that may lie days ago: `20:29 (Yesterday)`."""
    return Mrkdwn(f"<!date^{int(moment.timestamp())}^{{time}} ({{date_short_pretty}})|{utc(moment)}>")


def day(on: date) -> str:
    """A day for readers in any time zone: `Fri 4 Dec 2026`."""
    return f"{on:%a} {on.day} {on:%b} {on.year}"


def utc(moment: datetime) -> str:
    """A time for places without a known reader: `2026-11-23 14:05 UTC`."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def span(length: timedelta) -> str:
    """A duration as people say it: `45 s`, `15 min`, `2 h 5 min`, `1 day 20 min`. Seconds only below a minute."""
    days, hours, minutes, seconds = _parts(length)
    parts = [
        f"{days} day" + ("s" if days > 1 else "") if days else "",
        f"{hours} h" if hours else "",
        f"{minutes} min" if minutes else "",
    ]
    return " ".join(part for part in parts if part) or f"{seconds} s"


def interval(length: timedelta) -> str:
    """What follows "every": `day` instead of `1 day`, `hour` instead of `1 h`; otherwise as `span`."""
    return _SINGLE.get(length) or span(length)


def measured(length: timedelta) -> str:
    """A duration as it is recorded, to the minute: `45 s`, `15 min`, `2 h 0 min`, `1 d 0 h 11 min`."""
    days, hours, minutes, seconds = _parts(length)
    if days:
        return f"{days} d {hours} h {minutes} min"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def _parts(length: timedelta) -> tuple[int, int, int, int]:
    """Days, hours, minutes and seconds; all zero if the duration is negative."""
    seconds = max(int(length.total_seconds()), 0)
    return seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60
