"""The page of a postmortem, for somebody who opens a link to it."""

import asyncio
from collections.abc import Callable

from bot.core.page import Page, PageRequest
from bot.engine.store import people
from bot.engine.store.database import Database
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.domain.postmortem import draft
from bot.incident.effects.installation import Installation
from bot.incident.store import incidents
from bot.incident.store.duplicates import merged_histories
from bot.incident.store.elsewhere import ReadActionItems, no_action_items
from bot.incident.views.published.material import material
from bot.incident.views.published.web_page import published_page

COMMAND = "/incident postmortem"


def postmortem_page(
    database: Database,
    access: Access,
    installation: Callable[[], Installation],
    action_items: ReadActionItems = no_action_items,
) -> Page:
    """The kind of page.

    Args:
        database: where incidents are stored.
        access: decides which incidents people may see.
        installation: returns policy and templates, as they count now.
        action_items: reads the action items that come from some incidents.
    """

    async def make(asked: PageRequest) -> str | None:
        now, policy, templates = asked.now, installation().policy, installation().templates
        act = Request(id="", team=asked.team, actor=asked.reader.id, now=now, policy=policy)
        # Whoever may look at private incidents from outside does so in Slack: no page of one leaves its war room.
        incident = await access.from_inside(act, int(asked.subject))
        if incident is None:
            return None
        async with database.reading() as session:
            timeline = await incidents.history(session, asked.team, incident.number)
            merged = await merged_histories(session, asked.team, incident.duplicates)
            numbers = [incident.number, *(number for number, _ in merged)]
            items = await action_items(session, asked.team, numbers)
            names = await people.names(session, asked.team)

        def write() -> str:
            whole = draft(incident, timeline, policy, now, merged, action_items=items)
            return published_page(material(whole, names, policy), templates)

        return await asyncio.to_thread(write)

    return Page(COMMAND, make)
