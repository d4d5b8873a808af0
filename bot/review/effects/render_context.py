"""What an effect of a board is rendered from, and how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from bot.engine.store.database import Session
from bot.engine.store.tables import EffectRow
from bot.incident.effects.installation import Installation
from bot.review.domain.board import Board, Effect
from bot.review.store.boards import BOARDS
from bot.review.store.names import names_in


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """All that an effect may need.

    Attributes:
        key: the idempotency key of its message.
        names: the names of the people in the pack, by their ids.
        progress: what an earlier step has left, such as the id of an uploaded file.
    """

    board: Board
    key: str
    installation: Installation
    names: Mapping[str, str] = field(default_factory=dict)
    progress: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some effects need, by their rows; or why it could not be read."""

    contexts: Mapping[str, RenderContext | Exception]

    def number(self, row: EffectRow) -> int | None:
        """The number of the board that this effect belongs to, if it could be read."""
        found = self.contexts.get(row.key)
        return found.board.number if isinstance(found, RenderContext) else None

    def render_context(self, row: EffectRow, _effect: Any) -> RenderContext:
        """What this effect is rendered from.

        Raises:
            LookupError: something that the effect needs is missing, or another release's.
            pydantic.ValidationError: a document is damaged.
        """
        found = self.contexts[row.key]
        if isinstance(found, Exception):
            raise found
        return found


async def preload(_session: Session, _effects: Sequence[Effect]) -> Sequence[Any]:
    """Nothing is read before marking."""
    return ()


async def gather_for(
    installation: Callable[[], Installation],
    session: Session,
    effects: Sequence[tuple[EffectRow, Effect]],
    _now: datetime,
) -> Gathered:
    """Read what these effects need. They are few, so each is read by itself; what one lacks does not affect the others."""
    contexts: dict[str, RenderContext | Exception] = {}
    for row, _ in effects:
        try:
            board = (await BOARDS.by_id(session, row.stream_id)).state
        except (LookupError, ValidationError) as error:
            contexts[row.key] = error
            continue
        contexts[row.key] = RenderContext(
            board=board,
            key=row.key,
            installation=installation(),
            names=await names_in(session, row.team_id, board.pack.people),
            progress=row.progress,
        )
    return Gathered(contexts)
