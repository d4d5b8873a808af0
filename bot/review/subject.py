"""Review boards, as the machinery needs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bot.engine.acts.acts import Acts
from bot.engine.acts.history import Change, History
from bot.engine.clock.due import DueSource, Recorded
from bot.engine.delivery.effect_source import EffectSource
from bot.engine.delivery.gathering import preload_nothing
from bot.engine.store.database import Database, Session
from bot.engine.store.streams import Stored
from bot.engine.subject import Subject, SubjectKind
from bot.incident.dispatch.neighbours import Load
from bot.incident.effects.installation import Installation
from bot.review.commands.board_loaded import BOARD as LOADS_BOARD
from bot.review.commands.board_loaded import PACK, TOPIC
from bot.review.dispatch.loading import BoardLoading
from bot.review.dispatch.making import Packs
from bot.review.dispatch.weekly import Weekly
from bot.review.domain.board import BOARD, Board, Effect, Fact, react
from bot.review.effects.registry import EFFECTS
from bot.review.effects.render_context import gather_for
from bot.review.store.boards import BOARDS

KIND = SubjectKind(registry=EFFECTS, streams=BOARDS, figures=(), commands=None, routes=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSubject(Subject):
    """Review boards.

    Attributes:
        loaders: what its handlers name as `loads`.
    """

    loaders: Mapping[str, Load]


async def _nothing_beside(_session: Session, _change: Change[Board, Fact]) -> Sequence[Effect]:
    """Nothing is kept beside the streams."""
    return ()


async def _nothing_due(_session: Session, claimed: Sequence[Stored[Any]], _now: datetime) -> Recorded:
    """Nothing is ever due at a board that was held: the next one is the clock's, see `Weekly`."""
    return Recorded(0, (), {each.id: None for each in claimed})


HISTORY: History[Board, Fact] = History(
    decider=BOARD,
    kinds=EFFECTS,
    react=react,
    next_look=lambda _board, _now: None,
    people_in=lambda entries: list(dict.fromkeys(entry.fact.by for entry in entries)),
    project=_nothing_beside,
)


def make(
    database: Database,
    installation: Callable[[], Installation],
    team: str,
    committed: Callable[[], None],
) -> BoardSubject:
    """Build the subject.

    Args:
        database: where incidents and boards are stored.
        installation: returns policy and channels, as they count now.
        team: the workspace.
        committed: called after each commit that added effects.
    """
    acts = Acts(database, HISTORY, committed)
    packs = Packs(database, lambda: installation().policy)
    loading = BoardLoading(packs, installation)
    return BoardSubject(
        acts=acts,
        effect_source=EffectSource(
            registry=EFFECTS, acts=acts, gather=partial(gather_for, installation), preload=preload_nothing
        ),
        due_source=DueSource(EFFECTS, BOARDS, _nothing_due),
        chores=(Weekly(packs, acts, team, installation).tick,),
        http_handlers={},
        loaders={PACK: loading.pack, LOADS_BOARD: loading.board, TOPIC: loading.topic},
    )
