"""People in typed text. Slack writes them `<@U1|name>` where the app's manifest asks for `should_escape`."""

import re
from collections.abc import Mapping

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def person(text: str) -> str | None:
    """The id of the person that this is, or None."""
    match = _MENTION.fullmatch(text.strip())
    return match[1] if match else None


def people(text: str) -> list[str]:
    """The ids of everybody mentioned, in order, each once."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def named(text: str, names: Mapping[str, str]) -> str:
    """The text with people by name, for places that show no mentions; who is not known stays as they are."""
    return _MENTION.sub(lambda found: names.get(found[1], found[0]), text)
