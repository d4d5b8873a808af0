"""The page with figures, for somebody who opens a link to it."""

import asyncio
from collections.abc import Callable

from bot.core.decision import Refused
from bot.core.page import Page, PageRequest
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.incident.store import records
from bot.review.domain.figures import figures
from bot.review.domain.report import report
from bot.review.domain.spans import read
from bot.review.views.page import page

COMMAND = "/incident metrics"


def figures_page(database: Database, policy: Callable[[], Policy]) -> Page:
    """The kind of page.

    Args:
        database: where incidents are stored.
        policy: returns the promises that count now.
    """

    async def make(asked: PageRequest) -> str | None:
        rules = policy()
        wanted = read(asked.subject, asked.now, rules.time_zone)
        if isinstance(wanted, Refused):
            return None
        # Private incidents count for the members of their war rooms; who looks at others from outside does so in Slack.
        conditions = records.of_viewer(asked.reader.id, is_guest=asked.reader.is_guest)
        spans = [wanted.span, *([wanted.other] if wanted.other else [])]
        async with database.reading() as session:
            pasts = [
                await records.records(session, asked.team, each.period, conditions, each.severity)
                for each in spans
            ]

        def write() -> str:
            made = [figures(span, past, rules, asked.now) for span, past in zip(spans, pasts, strict=True)]
            return page(report(wanted, made, rules, everybodys=False))

        return await asyncio.to_thread(write)

    return Page(COMMAND, make)
