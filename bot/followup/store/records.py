"""The records of many action items, for figures. Only what they need is read, not the whole states."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.local_time import known_zone
from bot.engine.store import people
from bot.engine.store.tables import ActionItemRow, StreamRow
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem
from bot.followup.domain.vocabulary import State
from bot.followup.store.items import ITEMS
from bot.incident.domain.action_records import ActionRecord
from bot.incident.store.incidents import UNREADABLE

_OWN = aliased(StreamRow)
_STATE = col(_OWN.state)
_PLAIN = ("title", "kind", "added_at", "state", "ended_at", "shape")
_COLUMNS: tuple[Any, ...] = (
    col(_OWN.id),
    col(_OWN.number),
    col(_OWN.version),
    col(ActionItemRow.owner),
    col(ActionItemRow.due_on),
    col(StreamRow.number).label("incident"),
    *(_STATE[name].as_string().label(name) for name in _PLAIN),
    _STATE["moves"].label("moves"),
)


async def action_records(
    session: AsyncSession, team: str, conditions: Sequence[ColumnElement[bool]]
) -> Sequence[ActionRecord]:
    """The records of all action items of incidents that meet the conditions, in the order of their numbers.

    One that is unreadable is left out.

    Args:
        session: a session.
        team: the workspace.
        conditions: those of `bot.incident.store.records`; without any, all.
    """
    query = (
        select(*_COLUMNS)
        .select_from(ActionItemRow)
        .join(_OWN, col(_OWN.id) == col(ActionItemRow.stream_id))
        .join(StreamRow, col(StreamRow.id) == col(ActionItemRow.of_incident))
        .where(col(ActionItemRow.team_id) == team, *conditions)
        .order_by(col(_OWN.number))
    )
    rows = (await (await session.connection()).execute(query)).mappings().all()
    known = await people.known(session, team, {row["owner"] for row in rows}) if rows else {}
    zones = {person: known_zone(each.zone) for person, each in known.items()}
    found = [await _record(session, row, zones) for row in rows]
    return [each for each in found if each]


async def _record(session: AsyncSession, row: RowMapping, zones: Mapping[str, str]) -> ActionRecord | None:
    zone = zones.get(row["owner"], "")
    try:
        if row["shape"] != str(ACTION_ITEM.shape):
            item = await ITEMS.state(session, row["id"], {"shape": None})
            return _of(item, row["incident"], zone)
        moves = [
            (date.fromisoformat(each["previous"]), date.fromisoformat(each["due_on"]))
            for each in row["moves"]
        ]
        return ActionRecord(
            number=row["number"],
            version=row["version"],
            title=row["title"],
            incident=row["incident"],
            kind=row["kind"],
            zone=zone,
            added_at=_moment(row["added_at"]),
            first_due_on=moves[0][0] if moves else row["due_on"],
            due_on=row["due_on"],
            slips=sum(later > before for before, later in moves),
            is_done=row["state"] == State.DONE.value,
            ended_at=_moment(row["ended_at"]) if row["ended_at"] else None,
        )
    except (*UNREADABLE, ValueError, TypeError, KeyError):
        return None


def _of(item: ActionItem, incident: int, zone: str) -> ActionRecord:
    return ActionRecord(
        number=item.number,
        version=item.version,
        title=item.title,
        incident=incident,
        kind=item.kind.value,
        zone=zone,
        added_at=item.added_at,
        first_due_on=item.moves[0].previous if item.moves else item.due_on,
        due_on=item.due_on,
        slips=sum(each.due_on > each.previous for each in item.moves),
        is_done=item.state is State.DONE,
        ended_at=item.ended_at,
    )


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
