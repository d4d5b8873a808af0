"""Creates databases with thousands of incidents and a million timeline rows, quickly.

The store itself writes one incident of each severity. The others are copies of those, each with its own number, title
and war room.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlmodel
from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    Table,
    case,
    cast,
    func,
    insert,
    literal,
    null,
    select,
    text,
)
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import outbox, outcomes
from bot.engine.store.database import Database
from bot.engine.store.tables import ActRow, Counter, EffectRow, PlaceRow, ReminderRow, RoomMemberRow
from bot.engine.store.tables import Table as Tables
from bot.incident.domain import facts
from bot.incident.domain.cadence import next_look
from bot.incident.domain.effects import Place, TellRoom
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.effects.registry import EFFECTS
from bot.incident.store import incidents
from tests.bench.history import history
from tests.engine.world import ANNA, BEN, CLEO, TEAM

BATCH = 2_000
KINDS = len(Severity)
LONG_AGO = timedelta(days=400)
_INCIDENTS: Table = Tables.metadata.tables["incidents"]

LONG = 600.0  # the limit for filling, in seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is added to a database. The id of an incident is its number.

    Attributes:
        count: how many incidents, the same number of each severity, each with a commander and a war room.
        due: when the first one is first reminded of its next update.
        stagger: how much later each is than the one before.
        closed: whether they were resolved long ago, with everything delivered.
        entries: how many timeline rows each has, at least three.
        first: the number of the first one; all earlier ones exist already.
        people: ids of the people who take part; the first one commands all of them.
    """

    count: int
    due: datetime
    stagger: timedelta = timedelta(0)
    closed: bool = False
    entries: int = 3
    first: int = 1
    team: str = TEAM
    people: tuple[str, ...] = (ANNA, BEN, CLEO)

    @property
    def last(self) -> int:
        """The number of the last one."""
        return self.first + self.count - 1


def room(number: int) -> str:
    """The channel id of an incident's war room."""
    return f"CROOM{number}"


async def fill(database: Database, policy: Policy, filling: Filling) -> None:
    """Add incidents. On PostgreSQL, update the planner's statistics too, as autovacuum does."""
    async with database.with_timeout(LONG).writing() as session:
        examples = [await _example(session, policy, filling, each) for each in Severity]
        for start in range(filling.first + KINDS, filling.last + 1, BATCH):
            numbers = range(start, min(start + BATCH, filling.last + 1))
            rows = [
                _copied(filling, examples[(number - filling.first) % KINDS], number) for number in numbers
            ]
            await (await session.connection()).execute(insert(_INCIDENTS), rows)
        if not database.is_sqlite:
            # A plan for the few incidents of before would read the whole table for every row that names one of them.
            await (await session.connection()).execute(text("ANALYZE incidents"))
        for table in Tables.metadata.sorted_tables:
            if "stream_id" in table.columns:
                await _copy(session, table, filling)
        await session.exec(sqlmodel.delete(Counter))
        session.add(Counter(name=filling.team, last_number=filling.last))
        if not database.is_sqlite:
            await _count_on(session, filling.last)
    if not database.is_sqlite:
        async with database.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("ANALYZE"))


async def _example(
    session: AsyncSession, policy: Policy, filling: Filling, severity: Severity
) -> dict[str, Any]:
    """Let the store write one incident. Returns its row."""
    number = filling.first + severity - 1
    declared, *rest = _facts(policy, filling, severity)
    assert isinstance(declared, facts.Declared)
    happened: list[facts.Fact] = [replace(declared, number=number, title=_title(number)), *rest]
    incident = fold(happened)
    look = next_look(incident, policy, incident.promise_from)
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    stored = await incidents.INCIDENTS.add(
        session, filling.team, incident, entries, next_look_at=look, now=happened[-1].at
    )
    place = PlaceRow(stream_id=stored.id, name=Place.ROOM, team_id=filling.team, channel=room(stored.id))
    session.add(place)
    if filling.closed:
        await _left_behind(session, filling, stored.id)
    await session.flush()
    found = await (await session.connection()).execute(select(_INCIDENTS).where(_INCIDENTS.c.id == stored.id))
    return dict(found.mappings().one())


def _facts(policy: Policy, filling: Filling, severity: Severity) -> list[facts.Fact]:
    reminded_after = policy.cadence(severity) - policy.remind_ahead(severity)
    end = filling.due - reminded_after + filling.stagger * (severity - 1)
    if not filling.closed:
        return history(severity, filling.entries, end=end, people=filling.people)
    happened = history(severity, filling.entries - 1, end=end - LONG_AGO, people=filling.people)
    over = facts.StatusChanged(
        at=happened[-1].at, by=filling.people[0], old=Status.TRIAGE, new=Status.RESOLVED
    )
    return [*happened, over]


async def _left_behind(session: AsyncSession, filling: Filling, stream_id: int) -> None:
    """Add what remains of a closed incident: delivered effects, an answered reminder, an act, the members."""
    then, who = filling.due - LONG_AGO, filling.people[0]
    of: dict[str, Any] = {"team_id": filling.team, "stream_id": stream_id}
    session.add(ReminderRow(**of, promise="update", slot=then, rung=0, fired_at=then, answered_at=then))
    session.add(ActRow(**of, act_id=f"draft-of:{stream_id}", at=then, permanent=True))
    session.add(RoomMemberRow(**of, person=who, present=True, changed_at=then))
    told = [TellRoom(seq) for seq in range(1, 4)]
    await outbox.put(session, EFFECTS, filling.team, stream_id, told, now=filling.due)
    for row in (await session.exec(sqlmodel.select(EffectRow).where(EffectRow.stream_id == stream_id))).all():
        outcomes.delivered(row, filling.due)


def _copied(filling: Filling, example: dict[str, Any], number: int) -> dict[str, Any]:
    later = filling.stagger * ((number - filling.first) // KINDS * KINDS)
    state = {**example["state"], "number": number, "title": _title(number)}
    look = example["next_look_at"]
    if later and look is not None:
        began = datetime.fromisoformat(state["promise_from"]) + later
        state |= {"promise_from": began.isoformat()}
        look += later
    own = {"id": number, "number": number, "head": ""}
    return {**example, **own, "state": state, "next_look_at": look}


async def _copy(session: AsyncSession, table: Table, filling: Filling) -> None:
    """Give each copy of an incident copies of all rows that belong to the original."""
    original = table.alias("original")
    new = _INCIDENTS.c.id
    values: dict[str, ColumnElement[Any]] = {
        column.key: original.c[column.key]
        for column in table.columns
        if not (column.key == "id" and column.primary_key)
    }
    values["stream_id"] = new
    if table.name == "places":
        values["channel"] = literal("CROOM") + cast(new, String)
    if table.name == "acts":
        values["act_id"] = original.c.act_id + literal("-") + cast(new, String)
    if table.name == "timeline":
        values["payload"] = case(
            (original.c.seq == 1, _declared(session, original)), else_=original.c.payload
        )
        values["chain"] = null()  # as a release without chains leaves it: SQL cannot compute the hashes
    if table.name == "effects":
        values["key"] = original.c.key + literal("-") + cast(new, String)
        values["lane"] = cast(new, String) + literal(":room")
    copies = (
        select(*values.values())
        .select_from(original)
        .join(_INCIDENTS, original.c.stream_id == filling.first + (new - filling.first) % KINDS)
        .where(new.between(filling.first + KINDS, filling.last))
    )
    await (await session.connection()).execute(insert(table).from_select(list(values), copies))


def _declared(session: AsyncSession, original: FromClause) -> ColumnElement[Any]:
    """The first fact of a copy's history, with its own number and title."""
    new = _INCIDENTS.c.id
    title = literal(_title("")) + cast(new, String)
    if session.get_bind().dialect.name == "sqlite":
        return func.json_set(original.c.payload, "$.number", new, "$.title", title)
    return original.c.payload.op("||")(func.jsonb_build_object("number", new, "title", title))


async def _count_on(session: AsyncSession, last: int) -> None:
    """Set PostgreSQL's counter of ids, because it does not count ids that it did not give itself."""
    sequence = text("SELECT setval(pg_get_serial_sequence('incidents', 'id'), :last)")
    await (await session.connection()).execute(sequence, {"last": last})


def _title(number: int | str) -> str:
    return f"Checkout is failing in region {number}"
