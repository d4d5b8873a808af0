"""Removes the words of a secret from the timeline and from the state, in the transaction that strikes it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Entry
from bot.engine.acts.history import Change
from bot.incident.domain import facts
from bot.incident.domain.corrections import redactions
from bot.incident.domain.effects import Effect, Retell, RetellChannel, SetTopic, ShowDecision, ShowTasks
from bot.incident.domain.incident import Incident
from bot.incident.store.incidents import INCIDENTS


async def project(session: AsyncSession, change: Change[Incident, facts.Fact]) -> list[Effect]:
    """Remove the words of the entries that this change strikes as secrets, and what was said about them before.

    Returns the effects that show it where the entry's own message does not.
    """
    new = {entry.seq for entry in change.entries}
    secrets = [
        entry.fact.entry
        for entry in change.entries
        if isinstance(entry.fact, facts.EntryStruck) and entry.fact.secret
    ]
    if not secrets:
        return []
    history = await INCIDENTS.timeline(session, change.after.id)
    theirs = [each for number in secrets for each in redactions(history, number) if each.seq not in new]
    await INCIDENTS.rewrite(session, change.after, theirs)
    return [effect for each in theirs for effect in _shown_again(each, secrets)]


def _shown_again(entry: Entry[facts.Fact], secrets: list[int]) -> list[Effect]:
    """Where else the words of a fact are shown."""
    fact = entry.fact
    effects: list[Effect] = []
    if entry.seq not in secrets and not isinstance(fact, facts.EntryFact):
        effects += [Retell(entry.seq), RetellChannel(entry.seq)]
    if isinstance(fact, facts.Decided | facts.Objected):
        effects.append(ShowDecision(entry.seq, fact.number))
    if isinstance(fact, facts.TaskFact):
        effects.append(ShowTasks())
    if isinstance(fact, facts.BridgeSet):
        effects.append(SetTopic())
    return effects
