"""What delivery needs from a subject."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.acts import Acts
from bot.engine.delivery.registry import Registry
from bot.engine.store.tables import EffectRow


class Gathered(Protocol):
    """What some effects of a subject need to be rendered, read for all of them together."""

    def number(self, row: EffectRow) -> int | None:
        """The number of the stream that this effect belongs to; None if it could not be read."""

    def render_context(self, row: EffectRow, effect: Any) -> Any:
        """What this effect is rendered from.

        Raises:
            LookupError: something that the effect needs is missing.
            OtherReleaseError: another release has written something that this one cannot read.
            pydantic.ValidationError: a document is damaged.
        """


Pairs = Sequence[tuple[EffectRow, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSource:
    """A subject whose effects are delivered.

    Attributes:
        registry: the kinds of its effects, each with its handler.
        acts: adds facts to its timelines.
        gather: reads what these effects need at this time (UTC), in a few queries.
        preload: reads at once what marking these effects would read one by one; the rows are held until then.
    """

    registry: Registry
    acts: Acts[Any, Any]
    gather: Callable[[AsyncSession, Pairs, datetime], Awaitable[Gathered]]
    preload: Callable[[AsyncSession, Sequence[Any]], Awaitable[object]]


Subjects = Mapping[str, EffectSource]  # by name
