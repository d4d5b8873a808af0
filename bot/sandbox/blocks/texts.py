"""The texts in blocks, as Slack counts them."""

from collections.abc import Iterable
from typing import Any

# Members with text; in newer blocks some texts are plain strings instead of text objects.
_WORDS = frozenset({"text", "title", "caption", "label", "x_label", "y_label"})


def texts(value: Any) -> Iterable[str]:
    """All texts in blocks, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in _WORDS and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
