"""People in typed text. Slack writes them `<@U1|name>` where the app's manifest asks for `should_escape`."""

import re
from collections.abc import Mapping

from bot.domain.vocabulary import MENTION

_COMMANDS = re.compile(r"(`[^`]*`)")
_LABELLED = re.compile(
    r"<(?P<sign>[@#])(?P<id>\w+)(?:\|(?P<label>[^>]*))?>|<(?P<url>https?://[^|>]+)(?:\|[^>]*)?>"
)


def person(text: str) -> str | None:
    """The id of the person that this is, or None."""
    match = MENTION.fullmatch(text.strip())
    return match[1] if match else None


def people(text: str) -> list[str]:
    """The ids of everybody mentioned, in order, each once."""
    return list(dict.fromkeys(MENTION.findall(text)))


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with people by name, for places that show no mentions; who is not known stays as they are.

    Within backticks a mention stays too: a command is read back only with it, and with no name.
    """
    parts = _COMMANDS.split(text)  # every second part is a command
    parts[::2] = [MENTION.sub(lambda found: names.get(found[1], found[0]), part) for part in parts[::2]]
    return "".join(parts)


def plain(text: str) -> str:
    """The text for places that show no markup, such as a headline: names instead of ids, bare links."""
    return _LABELLED.sub(lambda found: found["url"] or found["sign"] + (found["label"] or found["id"]), text)
