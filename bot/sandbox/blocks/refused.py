"""Types of blocks and elements that a workspace refuses.

Slack brings new blocks to workspaces one after the other. Until then the workspace answers as if it had never heard of
them: with the error for an unknown type, at its place.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.core.errors import invalid


def refuse_types(given: Mapping[str, Any], refused: frozenset[str], code: str) -> None:
    """Refuse blocks that have one of these types anywhere.

    Args:
        given: lists of blocks, by their JSON pointers; they need not be valid.
        refused: the types of blocks and elements.
        code: the error code.

    Raises:
        SlackError: `code`, with a pointer to each offending type.
    """
    found = (
        [each for at, blocks in given.items() for each in _unknown(blocks, refused, at)] if refused else []
    )
    if found:
        raise invalid(found, code)


def _unknown(value: Any, refused: frozenset[str], at: str) -> Iterator[str]:
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _unknown(item, refused, f"{at}/{place}")
    elif isinstance(value, dict):
        kind = value.get("type")
        if isinstance(kind, str) and kind in refused:
            yield f"unsupported type: {kind} [json-pointer:{at}/type]"
        else:
            for name, member in value.items():
                yield from _unknown(member, refused, f"{at}/{name}")
