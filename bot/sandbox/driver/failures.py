"""The errors when a person cannot do or does not see what a test expects."""

from typing import Any


class NotSeen(AssertionError):  # noqa: N818 - it reads as what a test found
    """The expected view did not appear in time; the text says what was there instead."""


class ActionFailed(AssertionError):  # noqa: N818 - as above
    """An action was refused; the text is the error that the person sees."""


def summary(shown: dict[str, Any]) -> str:
    """What a person sees, in one line: the latest messages, and the modals with their errors."""
    channel = shown["channel"] or {"name": "no channel", "messages": []}
    texts = [message["text"] for message in channel["messages"][-5:]]
    titles = [view["title"]["text"] for view in shown["modals"]]
    return f"{channel['name']}: {texts}, modals: {titles}, field errors: {shown['field_errors']}"
