"""Which reactions and pins put a message on the timeline."""

from typing import Any

PIN = "pushpin"


def is_mark(event: dict[str, Any]) -> bool:
    """Whether it puts a message on the timeline: a pushpin, or Slack's own pin."""
    is_pin = event["type"] == "pin_added" or event.get("reaction") == PIN
    return is_pin and bool(event["item"]["type"] == "message")


def is_other_reaction(event: dict[str, Any]) -> bool:
    """Whether it is a reaction that marks nothing, as most are."""
    return event["type"] == "reaction_added" and not is_mark(event)
