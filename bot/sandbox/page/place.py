"""A place in the workspace: the acting person, the channel, the tab and the thread."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import quote, urlencode

# The app's Home tab in an address; no channel can have this name.
HOME = "@home"
TABS = ("", "canvas", "pins", "files", "people")


@dataclass(frozen=True, slots=True)
class Place:
    """One address of the page, such as `/alice/general?tab=pins`.

    Attributes:
        channel: name or id; None on the Home tab.
        tab: empty for the messages, or `home`, `canvas`, `pins`, `files`, `people`.
        thread: time stamp of the open thread, or empty.
        at: time stamp of the linked message, or empty.
    """

    user: str
    channel: str | None
    tab: str = ""
    thread: str = ""
    at: str = ""

    @classmethod
    def of(cls, user: str, channel: str, tab: str = "", thread: str = "", at: str = "") -> Self:
        """The place of an address; an unknown tab counts as the messages."""
        if channel == HOME:
            return cls(user, None, "home")
        known = tab if tab in TABS else ""
        return cls(user, channel, known, thread, "" if known else at)

    @property
    def start(self) -> str:
        """Time stamp of the channel's message to begin at: the linked one, or the parent of a linked reply."""
        return (self.thread or self.at) if self.at else ""


def linked(channel: str, message: str, thread: str = "") -> str:
    """The target of a permalink, relative to the acting user: `C1?at=1764072000.000100`.

    Args:
        channel: the channel's id.
        message: the last part of the permalink, `p` and the digits of the time stamp; or empty.
        thread: its `thread_ts`, if the message is a reply.
    """
    digits = message.removeprefix("p")
    wanted = {"at": f"{digits[:-6]}.{digits[-6:]}" if digits else "", "thread": thread}
    query = urlencode({key: value for key, value in wanted.items() if value})
    return f"{quote(channel)}?{query}" if query else quote(channel)
