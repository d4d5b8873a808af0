"""What Slack refused for good and is tried again, or let go."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.incident.domain.effects import CatchUp, Lane, Place, TellRoom, Warn
from bot.incident.domain.refusals import IN_INCIDENTS_CHANNEL, IN_ROOM, SHUT
from bot.store import outbox
from bot.store.codec import encode
from bot.store.tables import EffectRow, EffectState, PlaceRow, StreamRow, is_dead

_TOLD = (TellRoom.__name__, CatchUp.__name__)

Wanted = Callable[[EffectRow], bool]


@dataclass(frozen=True, slots=True)
class Shut:
    """The channels that could not be reached when something was to be shown there.

    Attributes:
        rooms: the war rooms' channels.
        incidents_channel: whether it is among them.
    """

    rooms: Sequence[str]
    incidents_channel: bool


async def revive(
    session: AsyncSession,
    team: str,
    now: datetime,
    latest_only: Collection[str],
    wanted: Wanted = lambda _: True,
) -> int:
    """Give dead effects of a workspace another try; returns how many there were, warnings left out.

    Warnings are let go: what they warn of is tried again, and warned of anew where that fails. What the room was to be
    told is told in one message, with its times, where the first of it stood.

    Args:
        session: the transaction in which they are woken.
        team: the workspace.
        now: the time (UTC).
        latest_only: the kinds that show the present state: of those the last is enough.
        wanted: which of the dead ones.
    """
    dead = [row for row in await outbox.dead(session, team) if wanted(row)]
    told: dict[int, EffectRow] = {}
    latest: dict[tuple[str, str], EffectRow] = {}
    for row in dead:
        if row.kind == Warn.__name__:
            outbox.dropped(row, row.error, now)
        elif row.kind in _TOLD and not row.doubt:  # one in doubt is looked for by its own key
            _gather(told, row, now)
        else:
            if row.kind in latest_only and (earlier := latest.get((row.lane, row.kind))):
                outbox.dropped(earlier, "superseded", now)
            latest[row.lane, row.kind] = row
            _wake(row)
    session.add_all(dead)
    return sum(row.kind != Warn.__name__ for row in dead)


async def drop(session: AsyncSession, effect_id: int, now: datetime) -> bool:
    """Let a dead effect go, of whatever workspace; False where there is none of this id."""
    query = select(EffectRow).where(is_dead(EffectRow), EffectRow.id == effect_id)
    row = (await session.exec(query)).first()
    if row is None:
        return False
    outbox.dropped(row, row.error, now)
    session.add(row)
    return True


async def shut(session: AsyncSession, team: str) -> Shut:
    """Where a workspace's effects died because the channel could not be reached."""
    dead = [row for row in await outbox.dead(session, team) if row.error in SHUT]
    ids = {row.stream_id for row in dead if lane(row) in IN_ROOM}
    places = select(PlaceRow.channel).where(col(PlaceRow.stream_id).in_(ids), PlaceRow.name == Place.ROOM)
    rooms = (await session.exec(places.order_by(col(PlaceRow.stream_id)))).all() if ids else []
    return Shut(rooms, any(lane(row) in IN_INCIDENTS_CHANNEL for row in dead))


async def teams(session: AsyncSession) -> Sequence[str]:
    """The workspaces that have incidents in this database, in order."""
    return (await session.exec(select(StreamRow.team_id).distinct().order_by(StreamRow.team_id))).all()


def lane(row: EffectRow) -> Lane:
    """The lane of an effect, without its incident."""
    return Lane(row.lane.partition(":")[2])


def _gather(told: dict[int, EffectRow], row: EffectRow, now: datetime) -> None:
    """Have the first of an incident tell all of them."""
    first = told.setdefault(row.stream_id, row)
    seqs = sorted({*_seqs(first), *_seqs(row)})
    first.kind, first.payload = CatchUp.__name__, encode(CatchUp(tuple(seqs)))
    if first is row:
        _wake(row)
    else:
        outbox.dropped(row, "told together with others", now)


def _seqs(row: EffectRow) -> Sequence[int]:
    return row.payload["seqs"] if row.kind == CatchUp.__name__ else [row.payload["seq"]]


def _wake(row: EffectRow) -> None:
    if row.error == "file_not_found":  # what was uploaded is gone: it has to be uploaded anew
        row.progress = {}
    row.state, row.due_at, row.attempts, row.unexpected = EffectState.WAITING, outbox.AT_ONCE, 0, 0
