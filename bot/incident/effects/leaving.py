"""Ends the roles of people who have left a war room or the workspace, and frees their tasks."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from bot.core.decision import Refused
from bot.engine.store.database import Session
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import RoleEndReason
from bot.incident.effects.writer import Incidents
from bot.incident.store.incidents import Stored


async def end_roles(
    session: Session,
    acts: Incidents,
    stored: Stored,
    people: Mapping[str, RoleEndReason],
    now: datetime,
) -> None:
    """End the roles of these people and free their tasks, each for a reason, in a transaction that has locked the incident."""
    for person, why in people.items():
        decide = partial(rules.end_roles_and_tasks, person=person, why=why, now=now)
        moved = await acts.move(session, stored, decide, now)
        if not isinstance(moved, Refused):
            stored = moved
