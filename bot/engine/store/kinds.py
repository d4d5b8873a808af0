"""What the store needs to know of effects of any subject."""

from datetime import timedelta
from typing import Any, Protocol

# The names of two kinds that the machinery asks for. Every subject that has them uses these names.
WARN = "Warn"  # tells people of what could not be shown
OPEN_ROOM = "OpenRoom"  # opens the stream's own channel


class Lane(Protocol):
    """A lane: its effects are delivered in order; several lanes are delivered at the same time.

    Attributes:
        name: its name within the stream.
        yields_to: the lane that is delivered first, whatever the order; None if there is none.
        divided_by: the attribute of its effects by which it is divided into lanes of their own; empty if it is not.
        pause: how long its effects wait, so that what changes meanwhile is shown together.
    """

    @property
    def name(self) -> str: ...  # noqa: D102  # see above
    @property
    def yields_to(self) -> str | None: ...  # noqa: D102
    @property
    def divided_by(self) -> str: ...  # noqa: D102
    @property
    def pause(self) -> timedelta: ...  # noqa: D102


class Kind(Protocol):
    """A kind of effect.

    Attributes:
        lane: the lane in which it waits.
        needs: the place that must exist before it is delivered; None if it needs none.
        max_wait: how long it waits for that place; None means for ever.
        coalesces: whether a waiting one stands for all later ones, because it will show the latest state.
    """

    @property
    def lane(self) -> Lane: ...  # noqa: D102  # see above
    @property
    def needs(self) -> str | None: ...  # noqa: D102
    @property
    def max_wait(self) -> timedelta | None: ...  # noqa: D102
    @property
    def coalesces(self) -> bool: ...  # noqa: D102


class Kinds(Protocol):
    """The kinds of effects of one subject."""

    @property
    def subject(self) -> str:
        """The name of the subject."""

    @property
    def warnings(self) -> str:
        """The name of the lane of warnings; empty if the subject has none."""

    def of(self, effect: Any) -> Kind:
        """The kind of this effect."""

    def decode(self, kind: str, document: dict[str, Any]) -> Any:
        """The effect of an outbox row; raises the same errors as `bot.engine.store.codec.decode`."""
