"""What an effect of a board is rendered from, and how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.engine.delivery.gathering import GatheredEach, gather_each
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

    @property
    def number(self) -> int:
        """The board's number."""
        return self.board.number


async def gather_for(
    installation: Callable[[], Installation],
    session: Session,
    effects: Sequence[tuple[EffectRow, Effect]],
    _now: datetime,
) -> GatheredEach[RenderContext]:
    """Read what these effects need. They are few, so each is read by itself."""

    async def read(row: EffectRow, _effect: Effect) -> RenderContext:
        board = (await BOARDS.by_id(session, row.stream_id)).state
        return RenderContext(
            board=board,
            key=row.key,
            installation=installation(),
            names=await names_in(session, row.team_id, board.pack.people),
            progress=row.progress,
        )

    return await gather_each(effects, read)
