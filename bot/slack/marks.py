"""Which reactions and pins put a message on the timeline or make it a task, and which events are only noise."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from bot.incident.domain.policy import Policy

_EDITS = frozenset({"message_changed", "message_deleted"})


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of this installation.

    Attributes:
        reactions: the names of the emoji that put a message on the timeline.
        tasks: the names of the emoji that make a message a task.
        action_items: the names of the emoji that make a message an action item.
        me: the id of the bot's own user.
    """

    reactions: Collection[str]
    tasks: Collection[str] = ()
    action_items: Collection[str] = ()
    me: str = ""

    def adds(self, event: dict[str, Any]) -> bool:
        """Whether it puts a message on the timeline: one of the reactions, or Slack's own pin."""
        marks = event["type"] == "pin_added" or (event["type"] == "reaction_added" and self._is_one(event))
        return marks and bool(event["item"]["type"] == "message")

    def shortcut(self, event: dict[str, Any]) -> str:
        """The shortcut that it stands for on this message; empty if it stands for none."""
        if self.adds(event):
            return "add_to_timeline"
        if event["type"] != "reaction_added" or event["item"]["type"] != "message":
            return ""
        if _name(event) in self.tasks:
            return "make_task"
        return "make_action_item" if _name(event) in self.action_items else ""

    def removes(self, event: dict[str, Any]) -> bool:
        """Whether it takes one of the reactions back."""
        marks = event["type"] == "reaction_removed" and self._is_one(event)
        return marks and bool(event["item"]["type"] == "message")

    def is_noise(self, event: dict[str, Any]) -> bool:
        """Whether it is an event of a kind that we need, as are most, but says nothing to us."""
        match event["type"]:
            case "reaction_added":
                return not self.shortcut(event)
            case "reaction_removed":
                return not self.removes(event)
            case "message":
                return event.get("subtype") not in _EDITS or self._is_own(event) or not _is_edit(event)
            case _:
                return False

    def _is_one(self, event: dict[str, Any]) -> bool:
        return _name(event) in self.reactions

    def _is_own(self, event: dict[str, Any]) -> bool:
        message = event.get("message") or event.get("previous_message") or {}
        return bool(self.me) and message.get("user") == self.me


def marks_of(policy: Policy, me: str = "") -> Marks:
    """The marks that the policy names."""
    return Marks(policy.note_reactions, policy.task_reactions, policy.action_item_reactions, me)


def _name(event: dict[str, Any]) -> str:
    """The name of a reaction's emoji without its skin tone (`wave::skin-tone-2`)."""
    return str(event["reaction"]).partition("::")[0]


def names_of(message: dict[str, Any]) -> list[str]:
    """The names of the emoji that a message has as reactions, without skin tones."""
    return [str(each.get("name", "")).partition("::")[0] for each in message.get("reactions") or ()]


def _is_edit(event: dict[str, Any]) -> bool:
    """Whether a person changed or deleted it. Slack also reports a preview that it adds to a message as a change."""
    if event["subtype"] == "message_deleted":
        return True
    before = event.get("previous_message") or {}
    return bool(event["message"].get("edited") != before.get("edited"))
