"""The postmortem draft without Slack."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.templates import Templates
from bot.engine.store import people, timelines
from bot.engine.store.database import Database
from bot.engine.store.timelines import StoredFact
from bot.incident.domain.blame import Finding, read
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.timeline import Entry
from bot.incident.store import incidents
from bot.incident.store.duplicates import merged_timelines
from bot.incident.store.elsewhere import ReadActionItems, no_action_items
from bot.incident.views import blame
from bot.incident.views.postmortem import postmortem


async def write(
    database: Database,
    number: int,
    templates: Templates,
    policy: Policy,
    now: datetime,
    *,
    action_items: ReadActionItems = no_action_items,
) -> str | None:
    """The draft of an incident as Markdown, with names from the database; None if there is no such incident.

    It ends with what the reader for blame found, if the policy wants that. If several workspaces have an incident with
    this number, it is the one declared first.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    rendered = await _rendered(database, number, templates, policy, now, action_items=action_items)
    if rendered is None or not policy.check_postmortem:
        return rendered and rendered[0]
    return blame.with_list(*rendered)


async def check(
    database: Database,
    number: int,
    templates: Templates,
    policy: Policy,
    now: datetime,
    *,
    action_items: ReadActionItems = no_action_items,
) -> list[Finding] | None:
    """What the reader for blame finds in that draft; None if there is no such incident.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    rendered = await _rendered(database, number, templates, policy, now, action_items=action_items)
    return read(rendered[0], rendered[1].values()) if rendered else None


async def _rendered(
    database: Database,
    number: int,
    templates: Templates,
    policy: Policy,
    now: datetime,
    *,
    action_items: ReadActionItems,
) -> tuple[str, Mapping[str, str]] | None:
    """The draft, and people's names by id."""
    async with database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        if stored is None:
            return None
        stored_facts = await timelines.whole_timeline(session, stored.id)
        merged = await merged_timelines(session, stored.team, stored_facts)
        names = await people.names(session, stored.team)
        numbers = [number, *(each for each, _ in merged)]
        items = await action_items(session, stored.team, numbers)
    timeline, duplicates = _decoded(stored_facts), [(number, _decoded(facts)) for number, facts in merged]
    contents = draft(stored.state, timeline, policy, now, duplicates, action_items=items)
    return postmortem(contents, names, templates), names


def _decoded(stored_facts: Sequence[StoredFact]) -> list[Entry]:
    return [incidents.INCIDENTS.decoded(each) for each in stored_facts]
