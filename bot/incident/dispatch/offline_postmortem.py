"""The postmortem in any of its forms, without Slack."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.core.templates import Templates
from bot.engine.store import people, places, timelines
from bot.engine.store.database import Database
from bot.engine.store.timelines import StoredFact
from bot.incident.domain import blame
from bot.incident.domain.blame import Finding
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.publication.form import PostmortemForm
from bot.incident.domain.timeline import Entry
from bot.incident.store import incidents
from bot.incident.store.duplicates import merged_timelines
from bot.incident.store.elsewhere import ReadActionItems, no_action_items
from bot.incident.views.published.document import published_json
from bot.incident.views.published.material import Material, material, redacted_material
from bot.incident.views.published.web_page import published_page


async def read(
    database: Database,
    number: int,
    policy: Policy,
    now: datetime,
    *,
    redacted: bool = False,
    action_items: ReadActionItems = no_action_items,
) -> Material | None:
    """The draft of an incident, with names from the database; None if there is no such incident.

    If several workspaces have an incident with this number, it is the one declared first. `redacted` leaves out people,
    links and private notes.
    """
    async with database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        if stored is None:
            return None
        stored_facts = await timelines.whole_timeline(session, stored.id)
        merged = await merged_timelines(session, stored.team, stored_facts)
        names = await people.names(session, stored.team)
        numbers = [number, *(each for each, _ in merged)]
        items = await action_items(session, stored.team, numbers)
        room = await places.own_channel(session, stored.id)
    timeline, duplicates = _decoded(stored_facts), [(number, _decoded(facts)) for number, facts in merged]
    whole = draft(stored.state, timeline, policy, now, duplicates, action_items=items)
    return redacted_material(whole, names, policy, room) if redacted else material(whole, names, policy)


def write(found: Material, form: PostmortemForm, templates: Templates) -> bytes:
    """One form of it, as the bytes of a file.

    Raises:
        TemplateBrokenError: the user's own template does not render.
        NoPictureError: the timeline cannot be drawn.
    """
    match form:
        case PostmortemForm.MARKDOWN:
            return found.markdown(templates).encode()
        case PostmortemForm.PAGE:
            return published_page(found, templates).encode()
        case PostmortemForm.JSON:
            return published_json(found).encode()
        case PostmortemForm.PICTURE:
            return found.picture()
        case _:
            assert_never(form)


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
    found = await read(database, number, policy, now, action_items=action_items)
    return blame.read(found.text(templates), found.names.values()) if found else None


def _decoded(stored_facts: Sequence[StoredFact]) -> list[Entry]:
    return [incidents.INCIDENTS.decoded(each) for each in stored_facts]
