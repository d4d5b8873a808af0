"""Moves the clock of a drill from one working day to another."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.drills.stage import Stage

LONDON = ZoneInfo("Europe/London")  # where bob is, who has the most to do
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
MORNING = time(9, 1)  # just after people begin to work
_DAY = timedelta(days=1)


async def today(stage: Stage) -> date:
    """The day in London."""
    return (await _now(stage)).date()


async def forward_to(stage: Stage, weekday: int, at: time = MORNING) -> None:
    """Move to the next moment at which it is that weekday and time in London."""
    now = await _now(stage)
    days = (now.date() + _DAY * ahead for ahead in range(8))
    moments = (datetime.combine(day, at, LONDON) for day in days if day.weekday() == weekday)
    ahead = next(each for each in moments if each > now)
    await stage.forward((ahead.astimezone(UTC) - now.astimezone(UTC)).total_seconds() / 60)


async def _now(stage: Stage) -> datetime:
    seen = await stage.person("alice").see()
    return datetime.fromtimestamp(seen["now"], UTC).astimezone(LONDON)
