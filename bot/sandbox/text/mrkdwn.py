"""Slack mrkdwn from the text that a person types."""

import re

from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

# The endings of host names that count as addresses without a scheme: country codes, and a few others.
ENDINGS = (
    r"com|net|org|edu|gov|mil|int|info|biz|name|pro|aero|coop|museum|app|dev|page|cloud|online|site|shop|blog"
    r"|tech|store|systems|software|solutions|services|network|agency|company|team|work|tools|zone|live|news"
    r"|xyz|a[cdefgilmoqrstuwxz]|b[abdefghijmnorstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[ceghrstu]|f[ijkmor]"
    r"|g[abdefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|l[abcikrstuvy]"
    r"|m[acdeghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|s[abcdeghijklmnorstuvxyz]"
    r"|t[cdfghjklmnortvwz]|u[agksyz]|v[aceginu]|w[fs]|y[et]|z[amw]"
)
# The characters of an address; punctuation of the sentence at its end is left out.
_REST = r"(?:[^\s<>|`&]|&(?!lt;|gt;))*"
_LAST = r"(?<![.,;:!?'\"*_~)\]}])"
# An address, a host name, an e-mail address, an `@name` or a `#name`, not inside a word.
REFERENCE = re.compile(
    rf"(?P<url>https?://[^\s<>|`&]{_REST}{_LAST})"
    r"|(?<![\w.+-])(?P<mail>[\w.+-]*\w@(?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w-])"
    rf"|(?<![\w.@/&#:-])(?P<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{ENDINGS})(?![\w.-]*\w)"
    rf"(?:[/?]{_REST}{_LAST})?)"
    r"|(?<![\w&@#/])(?P<mark>[@#])(?P<name>[\w.-]*\w)",
    re.IGNORECASE,
)
BROADCASTS = {"here", "channel", "everyone"}


def escape(text: str) -> str:
    """Slack's three entities (Slack docs, formatting text): typed entities never become markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def to_mrkdwn(
    workspace: Workspace, text: str, typist: str, *, labels: bool = False, broadcasts: bool = True
) -> str:
    """The text as Slack sends it: escaped, with links, and with mentions of people, groups and channels.

    Args:
        workspace: the workspace of the names.
        text: as typed.
        typist: the id of the person who typed it; only members can name a private channel.
        labels: whether mentions have names besides the ids, as in slash commands: `<@U1|alice>`.
        broadcasts: whether `@here`, `@channel` and `@everyone` notify everybody.
    """

    def link(found: re.Match[str]) -> str:
        if found["url"]:
            return f"<{found['url']}>"
        if found["mail"]:
            return f"<mailto:{found['mail']}|{found['mail']}>"
        if found["host"]:
            return f"<http://{found['host']}|{found['host']}>"
        name, whole = found["name"], found[0]
        if found["mark"] == "#":
            return _channel_link(workspace, name, whole, typist, labels=labels)
        if broadcasts and name in BROADCASTS:
            return f"<!{name}>"
        return _mention(workspace, name, whole, labels=labels)

    return REFERENCE.sub(link, escape(text))


def _mention(workspace: Workspace, name: str, whole: str, *, labels: bool) -> str:
    label = f"|{name}" if labels else ""
    user = next((u for u in workspace.users.values() if u.name == name), None)
    if user is not None:
        return f"<@{user.id}{label}>"
    group = next((g for g in workspace.usergroups.values() if g.handle == name and not g.disabled), None)
    return whole if group is None else f"<!subteam^{group.id}{label}>"


def _channel_link(workspace: Workspace, name: str, whole: str, typist: str, *, labels: bool) -> str:
    for channel in workspace.channels.values():
        if channel.name == name and not channel.is_direct and workspace.sees(typist, channel):
            return f"<#{channel.id}|{_label(channel)}>" if labels else f"<#{channel.id}>"
    return whole


def _label(channel: Channel) -> str:
    """Slack docs, slash commands: a private channel comes with an empty name."""
    return channel.name if channel.kind == "public" else ""
