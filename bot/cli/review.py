"""`warroom review`: the pack of the review board, as a page of HTML, Markdown or JSON."""

from collections.abc import Callable
from functools import partial

from bot.cli.forms import BoardFormat
from bot.cli.stored import chosen_teams, opened
from bot.config import Settings
from bot.core.clock import utc_now
from bot.core.decision import Refused
from bot.review.dispatch import offline
from bot.review.domain.board_policy import board_policy
from bot.review.domain.pack import Pack
from bot.review.views.board_exports import as_json, as_markdown
from bot.review.views.board_page import board_page
from bot.review.views.board_words import Names
from bot.starting import load_installation


async def pack(settings: Settings, text: str, form: BoardFormat, team: str = "") -> str | Refused:
    """The pack of what was typed, or why it is no span.

    Raises:
        WhichWorkspaceError: the database holds several workspaces, and `team` is empty.
    """
    installation = load_installation(settings)
    when, policy = board_policy(installation.sections), installation.policy
    writers: dict[BoardFormat, Callable[[Pack, Names], str]] = {
        BoardFormat.HTML: partial(board_page, link=policy.link),
        BoardFormat.MARKDOWN: as_markdown,
        BoardFormat.JSON: as_json,
    }
    async with opened(settings) as database:
        async with database.reading() as session:
            wanted = next(iter(await chosen_teams(session, team)), "")
        zone = when.zone if when else policy.time_zone
        found = await offline.find(database, wanted, text, policy, utc_now(), zone=zone)
    return found if isinstance(found, Refused) else writers[form](found.pack, found.names)
