"""What an effect of a near miss is rendered from, and how it is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.engine.delivery.gathering import GatheredEach, gather_each
from bot.engine.store import people, places
from bot.engine.store.database import Session
from bot.engine.store.tables import EffectRow, PlaceRow
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_effects import Effect
from bot.followup.store.near_misses import NEAR_MISSES
from bot.incident.effects.installation import Installation

BOARD = "near miss"  # the name of the place where it is announced


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """All that an effect may need.

    Attributes:
        key: the idempotency key of its message.
        channel: the id of the channel where it is announced; empty if there is none.
        places: where its messages are, by name.
        reporter_is_there: whether it has a reporter who still has an account.
    """

    item: NearMiss
    key: str
    channel: str = ""
    places: Mapping[str, PlaceRow] = field(default_factory=dict)
    reporter_is_there: bool = False

    @property
    def number(self) -> int:
        """The near miss's number."""
        return self.item.number


async def gather_for(
    installation: Callable[[], Installation],
    session: Session,
    effects: Sequence[tuple[EffectRow, Effect]],
    _now: datetime,
) -> GatheredEach[RenderContext]:
    """Read what these effects need."""
    known = await places.of(session, {row.stream_id for row, _ in effects})

    async def read(row: EffectRow, _effect: Effect) -> RenderContext:
        return await _context(installation(), session, row, known.get(row.stream_id, {}))

    return await gather_each(effects, read)


async def _context(
    installation: Installation, session: Session, row: EffectRow, known: Mapping[str, PlaceRow]
) -> RenderContext:
    item = (await NEAR_MISSES.by_id(session, row.stream_id)).state
    profile = None
    if item.reported_by:
        profile = (await people.known(session, row.team_id, [item.reported_by])).get(item.reported_by)
    return RenderContext(
        item=item,
        key=row.key,
        channel=installation.policy.postmortem.board or installation.incidents_channel,
        places=known,
        reporter_is_there=bool(item.reported_by) and (profile is None or profile.is_active),
    )
