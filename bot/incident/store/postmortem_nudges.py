"""Records once that somebody must be told of a postmortem that is owed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.actor import can_be_reached
from bot.engine.store import people, reminders
from bot.engine.store.database import Session
from bot.engine.store.reminders import Identity, Reminder
from bot.engine.store.tables import PersonRow
from bot.incident.domain.effects import RemindWriter, TellBoard
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_nudges import PostmortemNudge, postmortem_nudge_due
from bot.incident.store.incidents import Stored

Due = tuple[str, int, RemindWriter | TellBoard]


async def record(session: Session, claimed: Sequence[Stored], policy: Policy, now: datetime) -> list[Due]:
    """The effects for what is due now and was not recorded before.

    They are recorded as answered: nothing follows them up, and the reminders of promises do not see them.
    """
    due = [
        (stored, nudge) for stored in claimed if (nudge := postmortem_nudge_due(stored.state, policy, now)[0])
    ]
    if not due:
        return []
    found = {Identity(stored.id, nudge.kind, nudge.slot, 0): (stored, nudge) for stored, nudge in due}
    wanted = [
        Reminder(stored.team, identity, broadcast=False, is_posted=False)
        for identity, (stored, _) in found.items()
    ]
    new = [found[identity] for identity in await reminders.add(session, wanted, now)]
    effects: list[Due] = []
    for stored, nudge in new:
        effect: RemindWriter | TellBoard = TellBoard(nudge.slot)
        if nudge.kind is not PostmortemNudge.OVERDUE:
            candidates = _candidates(stored.state)
            known = await people.known(session, stored.team, candidates)
            effect = RemindWriter(nudge.slot, _first_there(candidates, known))
        effects.append((stored.team, stored.id, effect))
    return effects


def _candidates(incident: Incident) -> list[str]:
    """The owner, then the commander."""
    named = dict.fromkeys(each for each in (incident.postmortem_owner, incident.commander) if each)
    return [each for each in named if can_be_reached(each)]


def _first_there(candidates: Sequence[str], known: Mapping[str, PersonRow]) -> str:
    """The first whose account is active, as far as is known; empty if there is none."""
    return next((each for each in candidates if each not in known or known[each].is_active), "")
