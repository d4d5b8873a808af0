"""Who is in the war room of an incident now."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import PlaceRow, RoomMemberRow, StreamRow
from bot.incident.domain.effects import Place
from bot.incident.store.incidents import INCIDENTS


async def of_number(session: AsyncSession, team: str, number: int) -> Sequence[str] | None:
    """Everybody in the war room of the incident with this number, apps too; None until its members were read."""
    query = (
        select(PlaceRow)
        .join(StreamRow, col(StreamRow.id) == col(PlaceRow.stream_id))
        .where(*INCIDENTS.of(team), StreamRow.number == number, PlaceRow.name == Place.ROOM)
    )
    place = (await session.exec(query)).first()
    if place is None or place.looked_at is None:
        return None
    present = (
        select(RoomMemberRow.person)
        .where(RoomMemberRow.stream_id == place.stream_id, col(RoomMemberRow.present))
        .order_by(col(RoomMemberRow.changed_at), col(RoomMemberRow.person))
    )
    return (await session.exec(present)).all()
