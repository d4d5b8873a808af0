"""`warroom metrics`: the figures of incidents, as text, a page of HTML, JSON or CSV."""

from collections.abc import Callable

from bot.cli.forms import FigureFormat
from bot.cli.stored import chosen_teams, opened
from bot.config import Settings
from bot.core.clock import utc_now
from bot.core.decision import Refused
from bot.review import offline
from bot.review.domain.report import Report
from bot.review.views.exports import as_csv, as_json, as_text
from bot.review.views.page import page
from bot.starting import load_installation

WRITERS: dict[FigureFormat, Callable[[Report], str]] = {
    FigureFormat.TEXT: as_text,
    FigureFormat.HTML: page,
    FigureFormat.JSON: as_json,
    FigureFormat.CSV: as_csv,
}


async def figures(
    settings: Settings, text: str, form: FigureFormat, team: str = "", *, private: bool
) -> str | Refused:
    """The figures of what was typed, or why it is no span.

    Raises:
        WhichWorkspaceError: the database holds several workspaces, and `team` is empty.
    """
    policy = load_installation(settings).policy
    async with opened(settings) as database:
        async with database.reading() as session:
            wanted = next(iter(await chosen_teams(session, team)), "")
        sight = offline.ALL if private else offline.EVERYBODYS
        made = await offline.make(database, wanted, text, policy, utc_now(), sight=sight)
    return made if isinstance(made, Refused) else WRITERS[form](made)
