"""People in typed text. Slack writes them `<@U1|name>` where the app's manifest asks for `should_escape`."""

import re

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def person(text: str) -> str | None:
    """The id of the person that this is, or None."""
    match = _MENTION.fullmatch(text.strip())
    return match[1] if match else None


def people(text: str) -> list[str]:
    """The ids of everybody mentioned, in order, each once."""
    return list(dict.fromkeys(_MENTION.findall(text)))
