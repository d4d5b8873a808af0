"""What becomes of the text that a person types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.sandbox.workspace import Workspace

#: A URL, an ``@name`` or a ``#name`` that does not stand in the middle of a word.
LIVELY = re.compile(r"(?P<url>https?://[^\s<>|]+)|(?<![\w&@#/])(?P<mark>[@#])(?P<name>[\w.-]*\w)")
BROADCASTS = {"here", "channel", "everyone"}


def escape(text: str) -> str:
    """Slack's three entities (Slack docs, formatting text): typed markup never becomes markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def enliven(workspace: Workspace, text: str, *, labels: bool = False, broadcasts: bool = True) -> str:
    """The text as Slack sends it: escaped, with links, people and channels that were named.

    Args:
        workspace: where the names mean something.
        text: as typed.
        labels: whether the names stay visible beside the ids, as in slash commands: ``<@U1|alice>``.
        broadcasts: whether ``@here``, ``@channel`` and ``@everyone`` call everybody.
    """

    def link(found: re.Match[str]) -> str:
        if found["url"]:
            return f"<{found['url']}>"
        name, whole = found["name"], found[0]
        if found["mark"] == "#":
            return _channel_link(workspace, name, whole, labels=labels)
        if broadcasts and name in BROADCASTS:
            return f"<!{name}>"
        user = next((u for u in workspace.users.values() if u.name == name), None)
        if user is None:
            return whole
        return f"<@{user.id}|{name}>" if labels else f"<@{user.id}>"

    return LIVELY.sub(link, escape(text))


def _channel_link(workspace: Workspace, name: str, whole: str, *, labels: bool) -> str:
    for channel in workspace.channels.values():
        if channel.name == name and channel.kind == "public":
            return f"<#{channel.id}|{name}>" if labels else f"<#{channel.id}>"
    return whole
