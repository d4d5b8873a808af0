"""Who follows which incidents."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import bindparam
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.orm import aliased
from sqlmodel import and_, col, delete, exists, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import SubscriptionRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.incident.domain.incident import Incident
from bot.incident.domain.subscriptions import Following, Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import service_subscriptions

_OF_SEVERITY = 0  # in place of an incident's number
_STOPPED = aliased(SubscriptionRow)
_OF_PEOPLE = select(SubscriptionRow).where(
    col(SubscriptionRow.team_id) == bindparam("team"),
    col(SubscriptionRow.person).in_(bindparam("people", expanding=True)),
)


async def of_people(session: AsyncSession, team: str, people: Collection[str]) -> dict[str, Follows]:
    """What these people follow, by their ids; who follows nothing is left out."""
    found: dict[str, list[SubscriptionRow]] = {}
    for row in (await session.exec(_OF_PEOPLE, params={"team": team, "people": list(people)})).all():
        found.setdefault(row.person, []).append(row)
    services = await service_subscriptions.of_people(session, team, people)
    return {
        person: _follows(found.get(person, []), services.get(person, frozenset()))
        for person in (*found, *(each for each in services if each not in found))
    }


async def subscribers(session: AsyncSession, team: str, incident: Incident) -> list[str]:
    """The people who follow this incident, by its number, its severity or a service, each once."""
    by_number = and_(col(SubscriptionRow.number) == incident.number, ~col(SubscriptionRow.stopped))
    stopped = exists().where(
        col(_STOPPED.team_id) == col(SubscriptionRow.team_id),
        col(_STOPPED.person) == col(SubscriptionRow.person),
        col(_STOPPED.number) == incident.number,
        col(_STOPPED.stopped),
    )
    by_severity = and_(
        col(SubscriptionRow.number) == _OF_SEVERITY, col(SubscriptionRow.severity) >= incident.worst, ~stopped
    )
    wanted = by_number if incident.private or incident.was_only_practice else or_(by_number, by_severity)
    query = select(SubscriptionRow.person).where(SubscriptionRow.team_id == team, wanted).distinct()
    by_service = await service_subscriptions.subscribers(session, team, incident)
    return sorted({*(await session.exec(query)).all(), *by_service})


async def change(session: AsyncSession, team: str, person: str, following: Following) -> None:
    """Store what a person follows from now on."""
    if following.service:
        key, follows = following.service, following.follows
        await service_subscriptions.change(session, team, person, key, follows=follows)
        return
    if following.number is None and following.severity is None:
        theirs = (col(SubscriptionRow.team_id) == team, col(SubscriptionRow.person) == person)
        await session.exec(
            delete(SubscriptionRow).where(*theirs, col(SubscriptionRow.number) == _OF_SEVERITY)
        )
        return
    row = {
        "team_id": team,
        "person": person,
        "number": following.number or _OF_SEVERITY,
        "severity": following.severity or 0,
        "stopped": not following.follows,
    }
    await execute(session, _storing(dialect_of(session)), row)


def _follows(rows: Collection[SubscriptionRow], services: frozenset[str]) -> Follows:
    """What a person follows, of their rows."""
    severity = next((Severity(row.severity) for row in rows if row.number == _OF_SEVERITY), None)
    single = [row for row in rows if row.number != _OF_SEVERITY]
    return Follows(
        severity=severity,
        incidents=frozenset(row.number for row in single if not row.stopped),
        stopped=frozenset(row.number for row in single if row.stopped),
        services=services,
    )


@cache
def _storing(dialect: str) -> Insert:
    statement = insert_in(dialect, SubscriptionRow)
    return statement.on_conflict_do_update(
        index_elements=[
            col(SubscriptionRow.team_id),
            col(SubscriptionRow.person),
            col(SubscriptionRow.number),
        ],
        set_={name: statement.excluded[name] for name in ("severity", "stopped")},
    )
