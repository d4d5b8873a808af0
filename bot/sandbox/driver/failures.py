"""What a test is told when people cannot do, or do not see, what it wants."""

from typing import Any


class NotSeen(AssertionError):  # noqa: N818 - it reads as what a test found
    """Something that was waited for did not show; the text says what was there instead."""


class ActionFailed(AssertionError):  # noqa: N818 - as above
    """A person could not do what they tried; the text is what they were told."""


def summary(shown: dict[str, Any]) -> str:
    """What somebody sees, in a line: the latest messages, the modals and what is wrong in them."""
    channel = shown["channel"] or {"name": "no channel", "messages": []}
    texts = [message["text"] for message in channel["messages"][-5:]]
    titles = [view["title"]["text"] for view in shown["modals"]]
    return f"{channel['name']}: {texts}, modals: {titles}, field errors: {shown['field_errors']}"
