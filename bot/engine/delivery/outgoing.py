"""What delivery takes of a subject."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.acts import Acts
from bot.engine.delivery.registry import Registry
from bot.engine.store.tables import EffectRow


class Gathered(Protocol):
    """What some effects of a subject need to be put in words, read for all of them together."""

    def number(self, row: EffectRow) -> int | None:
        """The number of the stream that this effect is of; None where it could not be read."""

    def scene(self, row: EffectRow, effect: Any) -> Any:
        """What this one needs.

        Raises:
            LookupError: something that it needs is not there.
            OtherReleaseError: another release has written what this one cannot read.
            pydantic.ValidationError: a document is damaged.
        """


Pairs = Sequence[tuple[EffectRow, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A subject whose effects are delivered.

    Attributes:
        registry: the kinds of its effects.
        acts: puts on its timelines what was read.
        gather: reads what these effects need at this moment (UTC), in a handful of queries.
        preload: reads at once what marking these effects would read one by one; it is held until they are marked.
    """

    registry: Registry
    acts: Acts[Any, Any]
    gather: Callable[[AsyncSession, Pairs, datetime], Awaitable[Gathered]]
    preload: Callable[[AsyncSession, Sequence[Any]], Awaitable[object]]


Subjects = Mapping[str, Outgoing]  # by name
