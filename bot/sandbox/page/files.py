"""View models of files."""

from dataclasses import dataclass
from typing import Any

_KILO = 1024
_TEXTS = ("text/", "application/json", "application/x-yaml")


@dataclass(frozen=True, slots=True)
class File:
    """A file below a message."""

    id: str
    name: str
    kind: str
    size: str
    url: str
    is_text: bool
    is_markdown: bool
    is_image: bool
    alt: str


def file_of(raw: dict[str, Any]) -> File:
    """The view model of Slack's file object."""
    name, mime = str(raw.get("name") or raw.get("title") or "file"), str(raw.get("mimetype") or "")
    return File(
        id=str(raw.get("id", "")),
        name=str(raw.get("title") or name),
        kind=str(raw.get("pretty_type") or raw.get("filetype") or mime),
        size=_size(int(raw.get("size") or 0)),
        url=str(raw.get("url_private_download") or raw.get("url_private") or ""),
        is_text=mime.startswith(_TEXTS) or name.endswith((".md", ".txt", ".log", ".json", ".csv")),
        is_markdown=name.endswith(".md") or "markdown" in mime,
        is_image=mime.startswith("image/") and "svg" not in mime,
        alt=str(raw.get("alt_txt") or name),
    )


def _size(count: int) -> str:
    if count < _KILO:
        return f"{count} B"
    return f"{count / _KILO:.1f} kB" if count < _KILO * _KILO else f"{count / _KILO / _KILO:.1f} MB"
