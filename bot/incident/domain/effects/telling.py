"""What the war room and the incidents channel are shown of the state and of each fact."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Post the card in the war room, or edit it to show the present state."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Post the announcement in the incidents channel, or edit it to show the present state.

    It names the war room. But if Slack is slow to open it, or refuses, people are told of the incident first.
    """


@dataclass(frozen=True, slots=True)
class TellRoom:
    """Post the `seq`-th fact of the timeline in the war room.

    Attributes:
        also: the other facts of the same act, which the same message tells. Releases before 0.4.0 neither store nor
            read it.
    """

    seq: int
    also: tuple[int, ...] = field(default=(), kw_only=True)

    @property
    def told(self) -> tuple[int, ...]:
        """All facts that the message tells, in order."""
        return tuple(sorted({self.seq, *self.also}))


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Say in the war room, in one message, what could not be said there when it happened.

    Attributes:
        seqs: the numbers of the facts in the timeline.
    """

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retell(TellRoom):
    """Edit the message about the `seq`-th fact in the war room, because the fact was corrected, struck or put back."""


@dataclass(frozen=True, slots=True)
class RetellChannel(TellRoom):
    """The same in the thread of the announcement."""


@dataclass(frozen=True, slots=True)
class TellChannel(TellRoom):
    """Post the `seq`-th fact of the timeline in the thread of the announcement."""
