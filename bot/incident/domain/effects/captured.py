"""Messages that somebody marked."""

from dataclasses import dataclass


def noted_once(channel: str, ts: str) -> str:
    """The identity of an act that marks a message: however often it is marked, it is put on the timeline once."""
    return f"note:{channel}:{ts}"


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """Read a message that somebody marked, and put it on the timeline with its own time, author and link.

    Attributes:
        by_reaction: whether it was marked by a reaction, and not by a pin or the shortcut.
    """

    channel: str
    ts: str
    by: str
    by_reaction: bool = False

    @property
    def act(self) -> str:
        """The identity of the act."""
        return noted_once(self.channel, self.ts)


@dataclass(frozen=True, slots=True)
class ReadReactions:
    """Read which reactions a message still has, and strike its note if none of those is left that mark it.

    Attributes:
        by: the person who took one back.
        marks: the names of the emoji that mark a message.
    """

    channel: str
    ts: str
    by: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParkMessage(ReadMessage):
    """Read a message that somebody marked, and park it with its author and link."""

    @property
    def act(self) -> str:
        """The identity of the act: however often a message is marked, it is parked once."""
        return f"park:{self.channel}:{self.ts}"
