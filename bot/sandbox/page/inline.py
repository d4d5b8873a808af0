"""The small pieces of HTML that all markup shares: links, mentions, emoji, dates. All of it is escaped."""

import re
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.sandbox.page import dates
from bot.sandbox.page.reader import Reader
from bot.sandbox.text import emoji

_SCHEMES = {"http", "https", "mailto", "tel"}
_EMOJI = re.compile(r":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_LATEST = 253_402_300_799  # the last second of the year 9999, where datetime ends
_ROOMS = {"here", "channel", "everyone"}


def unescape(text: str) -> str:
    """Undo Slack's escaping: it escapes only `&`, `<` and `>`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def is_safe(url: str) -> bool:
    """Whether a link is safe: no scripts, no data, no files."""
    try:
        return urlsplit(url).scheme.lower() in _SCHEMES
    except ValueError:  # such as an unfinished IPv6 address
        return False


def link(url: str, label: str | Markup) -> Markup:
    """A link that opens in a new tab; only its label if the address is not safe."""
    if not is_safe(url):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def emojis(text: str) -> Markup:
    """Text as HTML, with `:name:` as a character if the name is known."""
    pieces, end = [], 0
    for found in _EMOJI.finditer(text):
        symbol = emoji.character(found.group(1))
        if symbol:
            pieces += [escape(text[end : found.start()]), emoji_html(found.group(1), symbol)]
            end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


def emoji_html(name: str, symbol: str | None) -> Markup:
    """One emoji with its name as tooltip and for screen readers; `:name:` if it is unknown."""
    if symbol is None:
        return escape(f":{name}:")
    return Markup('<span class="emoji" role="img" aria-label="{0}" title=":{0}:">{1}</span>').format(
        name, symbol
    )


def user(user_id: str, reader: Reader, label: str = "") -> Markup:
    """A mention of a person, highlighted if it is the reader."""
    mine = " mention-me" if user_id == reader.user_id else ""
    name = reader.user_name(user_id) if user_id in reader.users else label or user_id
    return Markup('<span class="mention{}" data-user="{}">@{}</span>').format(mine, user_id, name)


def channel(channel_id: str, reader: Reader, label: str = "") -> Markup:
    """A link to a channel, or a lock if the reader must not see the channel."""
    name = reader.channel_name(channel_id) or label
    if not name:
        return Markup('<span class="mention">🔒 private-channel</span>')
    return Markup('<a class="mention" href="#" data-go="{}">#{}</a>').format(channel_id, name)


def usergroup(group_id: str, reader: Reader, label: str = "") -> Markup:
    """A mention of a user group, highlighted if the reader is in it."""
    group = reader.usergroups.get(group_id, {})
    mine = " mention-me" if reader.user_id in group.get("users", ()) else ""
    name = str(group.get("handle") or label.lstrip("@") or group_id)
    return Markup('<span class="mention{}" data-group="{}">@{}</span>').format(mine, group_id, name)


def broadcast(range_: str, label: str = "") -> Markup:
    """`@here`, `@channel` or `@everyone`; for other special mentions the label."""
    name = range_ if range_ in _ROOMS else label.lstrip("@") or range_
    return Markup('<span class="mention mention-me">@{}</span>').format(name)


def date(stamp: str, pattern: str, reader: Reader, url: str = "", fallback: str = "") -> Markup:
    """A time in the reader's zone; the fallback if it is not a valid time."""
    if not stamp.isdecimal() or int(stamp) > _LATEST - 86_400:
        return escape(fallback or pattern)
    moment = reader.local(int(stamp))
    words = dates.date_pattern(pattern, moment, reader.today)
    shown = Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(), dates.full(moment), words
    )
    return link(url, shown) if url else shown
