"""What people outside of the war room are shown: further channels, subscribers, and the morning digest."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class AnnounceIn:
    """Post the announcement in a further channel, or edit it to show the present state."""

    channel: str


@dataclass(frozen=True, slots=True)
class TellThread(TellRoom):
    """Post the `seq`-th fact of the timeline in the thread of the announcement in a further channel."""

    channel: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class RetellThread(TellRoom):
    """Edit the message about the `seq`-th fact in that thread, because the words of the fact were removed."""

    channel: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class TellSubscribers(TellRoom):
    """Tell each subscriber of the facts of an act. It shows nothing itself: it adds one effect for each of them."""


@dataclass(frozen=True, slots=True)
class TellSubscriber(TellRoom):
    """Tell one subscriber, and nobody else, of the facts of an act, if they still follow the incident and may see it."""

    person: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class RetellSubscribers(TellRoom):
    """Edit each direct message about the `seq`-th fact, because its words were removed: adds one effect for each."""


@dataclass(frozen=True, slots=True)
class RetellSubscriber(TellRoom):
    """Edit one of these direct messages."""

    person: str = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class PostDigest:
    """Post the digest of all open incidents in the incidents channel.

    Attributes:
        due_at: its time (UTC): it is not posted if it comes too late.
    """

    due_at: datetime
