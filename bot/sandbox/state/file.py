"""Files and canvases."""

import mimetypes
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class File:
    """A file: first an announced upload, then bytes, then complete, then perhaps shared.

    Attributes:
        content: the bytes; None until they were uploaded.
        complete: whether files.completeUploadExternal was called; before that, nobody sees the file.
        channels: the ids of the channels in which it was shared; if empty, only its owner sees it.
        handed_to: the ids of users who got it in a form, without being shared.
    """

    id: str
    name: str
    title: str
    user: str
    created: int
    length: int
    snippet_type: str | None = None
    alt_txt: str | None = None
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    channels: list[str] = field(default_factory=list)
    handed_to: set[str] = field(default_factory=set)

    @property
    def filetype(self) -> str:
        """Slack's short name for the kind of file."""
        if self.snippet_type:
            return self.snippet_type
        suffix = self.name.rpartition(".")[2].lower() if "." in self.name else "text"
        return {"md": "markdown", "txt": "text", "py": "python", "yml": "yaml"}.get(suffix, suffix)

    def to_json(self, files_url: str) -> dict[str, Any]:
        """Slack's file object (Slack docs, file object)."""
        mimetype = "text/markdown" if self.filetype == "markdown" else mimetypes.guess_type(self.name)[0]
        url = f"{files_url}/download/{self.id}/{self.name}"
        return {
            "id": self.id,
            "created": self.created,
            "timestamp": self.created,
            "name": self.name,
            "title": self.title,
            "mimetype": mimetype or "text/plain",
            "filetype": self.filetype,
            "pretty_type": self.filetype.title(),
            "user": self.user,
            "mode": "snippet" if self.snippet_type else "hosted",
            "editable": False,
            "size": len(self.content or b""),
            "is_external": False,
            "is_public": bool(self.channels),
            "public_url_shared": False,
            "display_as_bot": False,
            "url_private": url,
            "url_private_download": url,
            "permalink": url,
            "channels": [c for c in self.channels if c.startswith("C")],
            "groups": [c for c in self.channels if c.startswith("G")],
            "ims": [c for c in self.channels if c.startswith("D")],
            **({"alt_txt": self.alt_txt} if self.alt_txt else {}),
        }


@dataclass(slots=True)
class Section:
    """A part of a canvas with an id: a heading, a paragraph or a list."""

    id: str
    markdown: str


@dataclass(slots=True)
class Canvas:
    """A canvas; with a channel it is that channel's canvas tab.

    Attributes:
        access: `read`, `write` or `owner`, by user or channel id.
    """

    id: str
    title: str
    owner: str
    created: int
    channel: str | None = None
    sections: list[Section] = field(default_factory=list)
    access: dict[str, str] = field(default_factory=dict)
    deleted: bool = False

    @property
    def markdown(self) -> str:
        """The whole document."""
        return "\n\n".join(section.markdown for section in self.sections)

    def to_json(self) -> dict[str, Any]:
        """Its JSON for a person with access."""
        return {
            "id": self.id,
            "title": self.title,
            "markdown": self.markdown,
            "channel": self.channel,
            "access": dict(self.access),
        }
