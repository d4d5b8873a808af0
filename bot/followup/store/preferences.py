"""What people have chosen about reminders of action items, and where their latest reminder in a channel is."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import bindparam, update
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.history import Change as StreamChange
from bot.engine.store.statements import execute
from bot.engine.store.tables import ActionItemRow, ActionPreferenceRow, StreamRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.effects import Effect, ShowChannelReminder, ShowReminder
from bot.followup.domain.preferences import NOTHING_CHOSEN, Absence, Change, Preferences
from bot.followup.domain.react import react

_CHOSEN = ("channel", "away_from", "away_until")
_OF_PEOPLE = select(ActionPreferenceRow).where(
    col(ActionPreferenceRow.team_id) == bindparam("team"),
    col(ActionPreferenceRow.person).in_(bindparam("people", expanding=True)),
)


async def of_people(session: AsyncSession, team: str, people: Collection[str]) -> Mapping[str, Preferences]:
    """What these people have chosen, by their ids; whoever has chosen nothing is left out."""
    if not people:
        return {}
    rows = (await session.exec(_OF_PEOPLE, params={"team": team, "people": sorted(people)})).all()
    return {row.person: of_row(row) for row in rows}


async def row_of(session: AsyncSession, team: str, person: str) -> ActionPreferenceRow | None:
    """The row of a person; None if they never chose anything."""
    return await session.get(ActionPreferenceRow, (team, person))


def of_row(row: ActionPreferenceRow | None) -> Preferences:
    """The preferences of a row."""
    if row is None:
        return NOTHING_CHOSEN
    absence = Absence(row.away_from, row.away_until) if row.away_from and row.away_until else None
    return Preferences(row.channel, absence)


async def change(session: AsyncSession, team: str, person: str, wanted: Change, now: datetime) -> None:
    """Store what a person chooses, and let the clock look at their open items at once (`now` in UTC)."""
    after = of_row(await row_of(session, team, person)).after(wanted)
    row = ActionPreferenceRow(
        team_id=team,
        person=person,
        channel=after.channel,
        away_from=after.absence.first if after.absence else None,
        away_until=after.absence.last if after.absence else None,
    )
    await execute(session, _storing(dialect_of(session)), row.model_dump())
    open_items = select(ActionItemRow.stream_id).where(
        ActionItemRow.team_id == team, ActionItemRow.owner == person, col(ActionItemRow.is_open)
    )
    look = update(StreamRow).where(col(StreamRow.id).in_(open_items)).values(next_look_at=now)
    await session.exec(look, execution_options={"synchronize_session": False})


async def project(session: AsyncSession, change: StreamChange[ActionItem, facts.Fact]) -> Sequence[Effect]:
    """What changes in reminders in channels, for those whose reminders in direct messages change, too."""
    shown = [each for each in react(change.entries, change.after.state) if isinstance(each, ShowReminder)]
    found: list[Effect] = []
    for each in shown:
        row = await row_of(session, change.after.team, each.owner)
        if row and row.shown_ts:
            found.append(ShowChannelReminder(each.owner))
    return found


@cache
def _storing(dialect: str) -> Insert:
    statement = insert_in(dialect, ActionPreferenceRow)
    return statement.on_conflict_do_update(
        index_elements=[col(ActionPreferenceRow.team_id), col(ActionPreferenceRow.person)],
        set_={name: statement.excluded[name] for name in _CHOSEN},
    )
