"""What stands at the head of the war room beside its topic: bookmarks and the canvas."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetBookmarks:
    """Add, change or remove the next bookmark of the war room that is not as it should be."""


@dataclass(frozen=True, slots=True)
class ShowCanvas:
    """Create the canvas of the war room, or replace the next section of it that does not show the present state."""
