"""What the store has to know of effects, whichever subject they are of."""

from datetime import timedelta
from typing import Any, Protocol

# The names of two kinds that the machinery asks for: whatever subject has them calls them so.
WARN = "Warn"  # tells people of what could not be shown
OPEN_ROOM = "OpenRoom"  # opens the stream's own channel


class Lane(Protocol):
    """Effects of one lane are delivered in order; lanes run side by side.

    Attributes:
        name: within its stream.
        yields_to: the lane that goes first, whatever the order; None where there is none.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  # see above
    @property
    def yields_to(self) -> str | None: ...  # noqa: D102


class Kind(Protocol):
    """A kind of effect.

    Attributes:
        lane: what it stands in line with.
        needs: the place that must exist before it is delivered; None where it needs none.
        patience: how long it waits for what it needs; None: for ever.
        coalesces: whether one that waits stands for all that come later: it will show the latest state.
    """

    @property
    def lane(self) -> Lane: ...  # noqa: D102  # see above
    @property
    def needs(self) -> str | None: ...  # noqa: D102
    @property
    def patience(self) -> timedelta | None: ...  # noqa: D102
    @property
    def coalesces(self) -> bool: ...  # noqa: D102


class Kinds(Protocol):
    """The kinds of effects of one subject."""

    @property
    def subject(self) -> str:
        """Whose they are."""

    @property
    def warnings(self) -> str:
        """The name of the lane in which warnings stand; empty where the subject has none."""

    def of(self, effect: Any) -> Kind:
        """The kind of this effect."""

    def decode(self, kind: str, document: dict[str, Any]) -> Any:
        """The effect of an outbox row; raises as `bot.engine.store.codec.decode`."""
