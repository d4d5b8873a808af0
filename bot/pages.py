"""The kinds of pages that there are. Add a new one here, with its name in `bot/core/page_links.py`."""

from collections.abc import Callable, Mapping

from bot.core.page import Page
from bot.core.page_links import PageName
from bot.core.people import FindPerson
from bot.engine.store.database import Database
from bot.followup import reactions as followup_reactions
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.actors import Actors
from bot.incident.dispatch.neighbours import Load
from bot.incident.dispatch.postmortem_page import postmortem_page
from bot.incident.effects.installation import Installation
from bot.review.dispatch.board_web_page import board_web_page
from bot.review.figures_page import figures_page


def every_page(
    database: Database, installation: Callable[[], Installation], find_person: FindPerson, load_pack: Load
) -> Mapping[str, Page]:
    """All kinds of pages, by name.

    Args:
        database: what they are made from.
        installation: returns policy and templates, as they count now.
        find_person: returns a person's profile, or None if there is no such person.
        load_pack: loads the pack of a review board.
    """
    access = Access(database, Actors(database, find_person))
    action_items = followup_reactions.ACTION_ITEMS.of_incidents
    return {
        PageName.POSTMORTEM: postmortem_page(database, access, installation, action_items),
        PageName.FIGURES: figures_page(database, lambda: installation().policy),
        PageName.BOARD: board_web_page(load_pack, access, lambda: installation().policy),
    }
