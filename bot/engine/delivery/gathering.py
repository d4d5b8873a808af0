"""Gathers what effects need one by one, for subjects whose effects are few: what one lacks does not affect the others."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.effect_source import Pairs
from bot.engine.store.tables import EffectRow


class Numbered(Protocol):
    """What an effect is rendered from."""

    @property
    def number(self) -> int:
        """The number of the stream that the effect belongs to."""


Context = TypeVar("Context", bound=Numbered)


@dataclass(frozen=True, slots=True)
class GatheredEach(Generic[Context]):
    """What some effects need, by the keys of their rows; or why it could not be read."""

    contexts: Mapping[str, Context | Exception]

    def number(self, row: EffectRow) -> int | None:
        """The number of the stream that this effect belongs to; None if it could not be read."""
        found = self.contexts.get(row.key)
        return None if found is None or isinstance(found, Exception) else found.number

    def render_context(self, row: EffectRow, _effect: Any) -> Context:
        """What this effect is rendered from.

        Raises:
            LookupError: something that the effect needs is missing, or another release's.
            pydantic.ValidationError: a document is damaged.
        """
        found = self.contexts[row.key]
        if isinstance(found, Exception):
            raise found
        return found


async def gather_each(
    effects: Pairs, read: Callable[[EffectRow, Any], Awaitable[Context]]
) -> GatheredEach[Context]:
    """Read what each of these effects needs.

    Args:
        effects: the effects with their rows.
        read: reads it for one effect; a `LookupError` or a `pydantic.ValidationError` is kept for this one.
    """
    contexts: dict[str, Context | Exception] = {}
    for row, effect in effects:
        try:
            contexts[row.key] = await read(row, effect)
        except (LookupError, ValidationError) as error:
            contexts[row.key] = error
    return GatheredEach(contexts)


async def preload_nothing(_session: AsyncSession, _effects: Sequence[Any]) -> Sequence[Any]:
    """Nothing is read before marking."""
    return ()
