"""Figures without Slack."""

from datetime import datetime

from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.incident.store import records
from bot.review.domain.figures import figures
from bot.review.domain.report import Report, report
from bot.review.domain.spans import read


async def make(
    database: Database, team: str, text: str, policy: Policy, now: datetime, *, private: bool
) -> Report | Refused:
    """The figures of what was typed, as after `/incident metrics`.

    Args:
        database: where incidents are stored.
        team: the workspace.
        text: a span or two, and a severity.
        policy: its promises, and its time zone.
        now: the present (UTC).
        private: whether private incidents count too.
    """
    asked = read(text, now, policy.time_zone)
    if isinstance(asked, Refused):
        return asked
    conditions = () if private else records.everybodys()
    async with database.reading() as session:
        made = [
            figures(
                span,
                await records.records(session, team, span.period, conditions, span.severity),
                policy,
                now,
            )
            for span in (asked.span, asked.other)
            if span
        ]
    return report(asked, made, policy, everybodys=not private)
