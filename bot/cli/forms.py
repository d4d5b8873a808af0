"""The formats of `warroom metrics`, apart from what writes them, so that other commands start at once."""

from enum import StrEnum


class FigureFormat(StrEnum):
    """A format."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
