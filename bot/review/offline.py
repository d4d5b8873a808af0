"""Figures without Slack."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement

from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.followup.store.records import action_records
from bot.incident.domain.policy import Policy
from bot.incident.store import records
from bot.review.domain.figures import figures
from bot.review.domain.report import Report, report
from bot.review.domain.spans import read


@dataclass(frozen=True, slots=True)
class Sight:
    """Which incidents count.

    Attributes:
        conditions: as in `bot.incident.store.records`; without any, all.
        is_everybodys: whether these are what everybody may see.
    """

    conditions: Sequence[ColumnElement[bool]] = ()
    is_everybodys: bool = False


EVERYBODYS = Sight(records.everybodys(), is_everybodys=True)
ALL = Sight()


async def make(
    database: Database, team: str, text: str, policy: Policy, now: datetime, *, sight: Sight
) -> Report | Refused:
    """The figures of what was typed, as after `/incident metrics`.

    Args:
        database: where incidents are stored.
        team: the workspace.
        text: a span or two, and a severity.
        policy: its promises, and its time zone.
        now: the present (UTC).
        sight: which incidents count.
    """
    asked = read(text, now, policy.time_zone)
    if isinstance(asked, Refused):
        return asked
    async with database.reading() as session:
        actions = await action_records(session, team, sight.conditions)
        pasts = [
            (span, await records.records(session, team, span.period, sight.conditions, span.severity))
            for span in (asked.span, asked.other)
            if span
        ]

    def compute() -> Report:
        made = [figures(span, replace(past, actions=actions), policy, now) for span, past in pasts]
        return report(asked, made, policy, everybodys=sight.is_everybodys)

    return await asyncio.to_thread(compute)
