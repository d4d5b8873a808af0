"""Where in the workspace a browser is: who acts, in which channel, on which tab, beside which thread."""

from __future__ import annotations

from dataclasses import dataclass

HOME = "@home"
"""The app's Home tab in an address; no channel may be called so."""
TABS = ("", "canvas", "pins", "people")


@dataclass(frozen=True, slots=True)
class Place:
    """One address of the page, such as `/alice/general?tab=pins`."""

    user: str
    channel: str | None
    """Name or id; None on the Home tab."""
    tab: str = ""
    """Empty for the messages, or `home`, `canvas`, `pins`, `people`."""
    thread: str = ""
    """Time stamp of the thread open at the side, or empty."""

    @classmethod
    def of(cls, user: str, channel: str, tab: str = "", thread: str = "") -> Place:
        """The place of an address; an unknown tab counts as the messages."""
        if channel == HOME:
            return cls(user, None, "home")
        return cls(user, channel, tab if tab in TABS else "", thread)
