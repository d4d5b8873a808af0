"""The forms in which a postmortem is published."""

from enum import StrEnum


class PostmortemForm(StrEnum):
    """A form, as people name it; also the end of the file's name."""

    MARKDOWN = "md"
    PAGE = "html"
    JSON = "json"
    PICTURE = "png"
