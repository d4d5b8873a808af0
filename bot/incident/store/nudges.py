"""Nudges: each is recorded once, an incident has at most one that is open, and what ends one closes its message."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.history import Change
from bot.engine.store.tables import NudgeRow
from bot.incident.domain import facts
from bot.incident.domain.effects import CloseNudge, Effect, PostNudge
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.nudges import GAP, Nudge, nudges_and_next_look, raised
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.store.incidents import Stored

_BY_IDS = select(NudgeRow).where(col(NudgeRow.id).in_(bindparam("ids", expanding=True)))
_OF_STREAMS = (
    select(NudgeRow)
    .where(col(NudgeRow.stream_id).in_(bindparam("streams", expanding=True)))
    .order_by(col(NudgeRow.id))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was recorded.

    Attributes:
        count: how many new nudges.
        effects: what Slack must show: workspace, id of the incident, effect.
        next_looks: when there may be more for each incident (UTC); those without such a time are absent.
    """

    count: int
    effects: Sequence[tuple[str, int, Effect]]
    next_looks: dict[int, datetime]


async def record(session: AsyncSession, claimed: Sequence[Stored], policy: Policy, now: datetime) -> Asked:
    """Record the nudges that are due for some locked incidents at `now` (UTC): at most one for each.

    Two nudges of an incident have at least a gap between them. A newer one takes the place of one that is still open.
    """
    may_ask: list[tuple[Stored, list[Nudge]]] = []
    next_looks: dict[int, datetime] = {}
    for stored in claimed:
        nudges, ahead = nudges_and_next_look(stored.state, policy, now)
        if nudges:
            may_ask.append((stored, nudges))
        if ahead:
            next_looks[stored.id] = ahead
    earlier = await _of_streams(session, [stored.id for stored, _ in may_ask])
    effects: list[tuple[str, int, Effect]] = []
    count = 0
    for stored, nudges in may_ask:
        rows = earlier.get(stored.id, [])
        asked_before = {nudge_of(row) for row in rows}
        nudge = next((each for each in nudges if each not in asked_before), None)
        if nudge is None:
            continue
        last = max((row.fired_at for row in rows), default=None)
        if last and last + GAP > now:
            next_looks[stored.id] = min(last + GAP, next_looks.get(stored.id, last + GAP))
            continue
        row_id = await _add(session, stored, nudge, now)
        replaced = [row for row in rows if row.closed_at is None]
        for row in replaced:
            row.closed_at = now
            session.add(row)
        shown: list[Effect] = [PostNudge(row_id, nudge), *(CloseNudge(row.id) for row in replaced if row.id)]
        effects += [(stored.team, stored.id, effect) for effect in shown]
        count += 1
        if len(nudges) > 1:
            next_looks[stored.id] = min(now + GAP, next_looks.get(stored.id, now + GAP))
    return Asked(count, effects, next_looks)


async def project(
    session: AsyncSession, change: Change[Incident, facts.Fact], policy: Policy
) -> list[Effect]:
    """Close the nudges that a change answers or overtakes; show again one whose answer was struck as a secret."""
    before = change.before
    if before is None:
        return []
    secrets = {
        entry.fact.entry
        for entry in change.entries
        if isinstance(entry.fact, facts.EntryStruck) and entry.fact.secret
    }
    if not (secrets or raised(before.state, policy, change.now) or any(map(_is_answer, change.entries))):
        return []
    rows = (await _of_streams(session, [before.id])).get(before.id, [])
    still = raised(change.after.state, policy, change.now)
    closed: list[Effect] = []
    for row in rows:
        if row.closed_at is None and nudge_of(row) not in still:
            row.closed_at, row.closed_seq = change.now, _answer(change.entries).seq
            session.add(row)
        elif row.closed_seq is None or row.closed_seq not in secrets:
            continue
        if row.id is not None:
            closed.append(CloseNudge(row.id))
    return closed


async def by_ids(session: AsyncSession, ids: Iterable[int]) -> dict[int, NudgeRow]:
    """The existing ones of these nudges, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = (await session.exec(_BY_IDS, params={"ids": wanted})).all()
    return {row.id: row for row in rows if row.id is not None}


async def get(session: AsyncSession, row_id: int) -> NudgeRow:
    """One nudge."""
    return await session.get_one(NudgeRow, row_id)


def nudge_of(row: NudgeRow) -> Nudge:
    """The nudge of a row."""
    return Nudge(NudgeKind(row.kind), row.slot)


async def _of_streams(session: AsyncSession, ids: Sequence[int]) -> dict[int, list[NudgeRow]]:
    """All nudges of these incidents, the oldest first: they are few."""
    found: dict[int, list[NudgeRow]] = {}
    if ids:
        for row in (await session.exec(_OF_STREAMS, params={"streams": list(ids)})).all():
            found.setdefault(row.stream_id, []).append(row)
    return found


async def _add(session: AsyncSession, stored: Stored, nudge: Nudge, now: datetime) -> int:
    row = NudgeRow(
        team_id=stored.team, stream_id=stored.id, kind=nudge.kind.value, slot=nudge.slot, fired_at=now
    )
    session.add(row)
    await session.flush()  # the incident is locked, so nobody else records it at the same time
    return row.id or 0


def _is_answer(entry: Entry) -> bool:
    return isinstance(entry.fact, facts.SeverityConfirmed | facts.NudgeDeclined)


def _answer(entries: Sequence[Entry]) -> Entry:
    """The fact of an act that answers a nudge, or the last one that is not about the postmortem, as the policy adds."""
    others = [entry for entry in entries if not isinstance(entry.fact, facts.PostmortemFact)]
    return next((entry for entry in entries if _is_answer(entry)), (others or entries)[-1])
