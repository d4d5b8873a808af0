"""The page with figures, for somebody who opens a link to it."""

import asyncio
from collections.abc import Callable

from bot.core.decision import Refused
from bot.core.page import Page, PageRequest
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.incident.store import records
from bot.review import offline
from bot.review.views.page import page

COMMAND = "/incident metrics"


def figures_page(database: Database, policy: Callable[[], Policy]) -> Page:
    """The kind of page.

    Args:
        database: where incidents are stored.
        policy: returns the promises that count now.
    """

    async def make(asked: PageRequest) -> str | None:
        # Private incidents count for the members of their war rooms; who looks at others from outside does so in Slack.
        sight = offline.Sight(records.of_viewer(asked.reader.id, is_guest=asked.reader.is_guest))
        made = await offline.make(database, asked.team, asked.subject, policy(), asked.now, sight=sight)
        return None if isinstance(made, Refused) else await asyncio.to_thread(page, made)

    return Page(COMMAND, make)
