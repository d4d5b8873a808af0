"""Who follows the incidents of which services."""

from collections.abc import Collection

from sqlmodel import col, delete, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import ServiceSubscriptionRow, SubscriptionRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.incident.domain.incident import Incident


async def of_people(session: AsyncSession, team: str, people: Collection[str]) -> dict[str, frozenset[str]]:
    """The keys of the services that these people follow, by their ids; who follows none is left out."""
    query = select(ServiceSubscriptionRow).where(
        ServiceSubscriptionRow.team_id == team, col(ServiceSubscriptionRow.person).in_(people)
    )
    found: dict[str, frozenset[str]] = {}
    for row in (await session.exec(query)).all():
        found[row.person] = found.get(row.person, frozenset()) | {row.service}
    return found


async def subscribers(session: AsyncSession, team: str, incident: Incident) -> list[str]:
    """The people who follow this incident by a service, except those who want to hear nothing of it; each once."""
    if incident.private or incident.was_only_practice or not incident.services_so_far:
        return []
    stopped = exists().where(
        col(SubscriptionRow.team_id) == col(ServiceSubscriptionRow.team_id),
        col(SubscriptionRow.person) == col(ServiceSubscriptionRow.person),
        col(SubscriptionRow.number) == incident.number,
        col(SubscriptionRow.stopped),
    )
    query = (
        select(ServiceSubscriptionRow.person)
        .where(
            ServiceSubscriptionRow.team_id == team,
            col(ServiceSubscriptionRow.service).in_(incident.services_so_far),
            ~stopped,
        )
        .distinct()
    )
    return list((await session.exec(query)).all())


async def change(session: AsyncSession, team: str, person: str, service: str, *, follows: bool) -> None:
    """Store whether a person follows the incidents of this service from now on."""
    if follows:
        row = {"team_id": team, "person": person, "service": service}
        statement = insert_in(dialect_of(session), ServiceSubscriptionRow).on_conflict_do_nothing()
        await execute(session, statement, row)
        return
    await session.exec(
        delete(ServiceSubscriptionRow).where(
            col(ServiceSubscriptionRow.team_id) == team,
            col(ServiceSubscriptionRow.person) == person,
            col(ServiceSubscriptionRow.service) == service,
        )
    )
