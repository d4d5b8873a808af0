"""The formats in which a timeline is exported."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """A format, as people name it; also the end of the file's name."""

    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"

    @classmethod
    def parse(cls, text: str) -> "ExportFormat | None":
        """The format that a word means; Markdown if there is no word, None if it means none."""
        word = text.strip().lower()
        return (
            cls.MARKDOWN if word in ("", "markdown") else next((each for each in cls if each == word), None)
        )
