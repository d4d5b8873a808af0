"""The surfaces of Block Kit: which blocks and elements are allowed in a message, a modal and a Home tab.

Source: Slack docs, the tables of blocks and of block elements, September 2026.
"""

from typing import Literal

Surface = Literal["message", "modal", "home"]

_EVERYWHERE = frozenset({"actions", "card", "context", "divider", "header", "image", "input", "rich_text",
                         "section", "video"})  # fmt: skip
_IN_MESSAGES_AND_HOMES = frozenset({"carousel", "container", "data_table", "data_visualization", "table"})
_IN_MESSAGES = frozenset({"context_actions", "markdown", "plan", "task_card"})

# A `file` block is allowed on none: an app cannot send it. It is only in messages with remote files that an app reads
# (Slack docs, file block), and there are no remote files here.
BLOCKS_ON: dict[Surface, frozenset[str]] = {
    "message": _EVERYWHERE | _IN_MESSAGES_AND_HOMES | _IN_MESSAGES,
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | _IN_MESSAGES_AND_HOMES,
}

# The elements that are not allowed everywhere.
_ELEMENTS_ONLY_ON: dict[str, frozenset[Surface]] = {
    "datetimepicker": frozenset({"message", "modal"}),
    "email_text_input": frozenset({"modal"}),
    "feedback_buttons": frozenset({"message"}),
    "file_input": frozenset({"modal"}),
    "icon_button": frozenset({"message"}),
    "number_input": frozenset({"modal"}),
    "rich_text_input": frozenset({"modal", "home"}),
    "url_text_input": frozenset({"modal"}),
    "workflow_button": frozenset({"message"}),
}


def elements_on(surface: Surface, types: frozenset[str]) -> frozenset[str]:
    """The element types that are allowed on a surface."""
    return frozenset(each for each in types if surface in _ELEMENTS_ONLY_ON.get(each, {surface}))
