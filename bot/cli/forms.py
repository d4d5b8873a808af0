"""The formats of `warroom metrics` and `warroom review`, apart from what writes them, so that other commands start at once."""

from enum import StrEnum


class FigureFormat(StrEnum):
    """A format."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    CSV = "csv"


class BoardFormat(StrEnum):
    """A format of a pack."""

    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"
