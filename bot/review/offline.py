"""Figures without Slack."""

from dataclasses import replace
from datetime import datetime

from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.followup.store.records import action_records
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
        actions = await action_records(session, team, conditions)
        pasts = [
            (span, await records.records(session, team, span.period, conditions, span.severity))
            for span in (asked.span, asked.other)
            if span
        ]
    made = [figures(span, replace(past, actions=actions), policy, now) for span, past in pasts]
    return report(asked, made, policy, everybodys=not private)
