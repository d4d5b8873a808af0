"""People in typed text. Slack writes them as `<@U1|name>` if the app's manifest sets `should_escape`."""

import re
from collections.abc import Mapping

from bot.core import tokens
from bot.core.tokens import Kind, Token

_COMMANDS = re.compile(r"(`[^`]*`)")


def person(text: str) -> str | None:
    """The id of the person, if the text is one mention and nothing else; None otherwise."""
    pieces = list(tokens.split(text.strip()))
    only = pieces[0] if len(pieces) == 1 else None
    return only.value if isinstance(only, Token) and only.kind is Kind.PERSON else None


def with_names(text: str, names: Mapping[str, str]) -> str:
    """The text with people by name and times in UTC, for places that show plain text only.

    A person without a name stays a mention.

    Within backticks a mention stays too, because a command needs the mention and does not understand a name.
    """
    parts = _COMMANDS.split(text)  # every second part is a command
    parts[::2] = [_with_times(tokens.with_names(part, names)) for part in parts[::2]]
    return "".join(parts)


def _with_times(text: str) -> str:
    pieces = tokens.split(text)
    return "".join(
        each if isinstance(each, str) else each.label if each.kind is Kind.TIME else each.typed
        for each in pieces
    )
