"""A pack without Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from bot.review.dispatch.making import Packs
from bot.review.domain.board_span import read_board_span
from bot.review.domain.pack import Pack
from bot.review.store.names import names_in


@dataclass(frozen=True, slots=True)
class Found:
    """A pack, with the names of the people in it."""

    pack: Pack
    names: Mapping[str, str]


async def find(
    database: Database,
    team: str,
    text: str,
    policy: Policy,
    now: datetime,
    *,
    zone: str,
) -> Found | Refused:
    """The pack of what was typed, as after `/incident review`: the kept one, or one that is made now.

    Args:
        database: where incidents and boards are stored.
        team: the workspace.
        text: a span.
        policy: its promises.
        now: the present (UTC).
        zone: the time zone of weeks; empty for UTC.
    """
    asked = read_board_span(text, now, zone)
    if isinstance(asked, Refused):
        return asked
    packs = Packs(database, lambda: policy)
    kept = await packs.kept(team, asked)
    pack = kept.pack if kept else await packs.make(team, asked, now)
    async with database.reading() as session:
        return Found(pack, await names_in(session, team, pack.people))
