"""The page of a review board's pack, for somebody who opens a link to it."""

import asyncio
from collections.abc import Callable

from bot.core.page import Page, PageRequest
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.neighbours import Load
from bot.incident.domain.policy import Policy
from bot.review.commands.board_loaded import LoadedPack
from bot.review.views.board_page import board_page

COMMAND = "/incident review"


def board_web_page(load_pack: Load, access: Access, policy: Callable[[], Policy]) -> Page:
    """The kind of page.

    Args:
        load_pack: loads the pack that a request names, as for `/incident review`; guests get none.
        access: decides which incidents people may see.
        policy: returns the promises that count now.
    """

    async def make(asked: PageRequest) -> str | None:
        rules = policy()
        act = Request(
            id="", team=asked.team, actor=asked.reader.id, now=asked.now, policy=rules, text=asked.subject
        )
        found = (await load_pack(act, access)).loaded
        if not isinstance(found, LoadedPack):
            return None
        return await asyncio.to_thread(board_page, found.pack, found.names, rules.link)

    return Page(COMMAND, make)
