"""The span of a board, as people type it after `review`: one span, by default the last whole week."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.decision import Refused
from bot.core.local_time import zone_of
from bot.review.domain.spans import Span, read
from bot.review.domain.weeks import Week, week_of

DEFAULT = "last week"
EXAMPLES = "`2026-W48`, `last week`, `14d`, `2026-11`, `last month`"


@dataclass(frozen=True, slots=True)
class BoardSpan:
    """What a board looks at.

    Attributes:
        week: its name if it is a whole week that is over: then a pack of it may be kept. Otherwise empty.
    """

    span: Span
    week: str


def read_board_span(text: str, now: datetime, zone: str = "") -> BoardSpan | Refused:
    """Read what was typed after `review`, at this time (UTC), in this time zone (empty for UTC)."""
    asked = read(text.strip() or DEFAULT, now, zone)
    if isinstance(asked, Refused):
        return Refused(asked.message.partition(" Write for example ")[0] + f" Write for example {EXAMPLES}.")
    if asked.other or asked.span.severity:
        return Refused("A board looks at one span, without a severity: `/incident review last week`.")
    period = asked.span.period
    week = week_of(period.start.astimezone(zone_of(zone or "UTC")).date())
    if period == week.period(zone):
        return of_week(week, zone)
    return BoardSpan(asked.span, "")


def of_week(week: Week, zone: str) -> BoardSpan:
    """The span of a whole week."""
    return BoardSpan(Span(week.label, week.period(zone), zone), week.label)
