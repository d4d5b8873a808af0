"""Removes the words of a secret from the timeline and from the state, in the transaction that strikes it."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Entry
from bot.engine.acts.history import Change
from bot.incident.domain import facts
from bot.incident.domain.corrections import redacted, with_words_of
from bot.incident.domain.incident import Incident
from bot.incident.store.incidents import INCIDENTS


async def project(session: AsyncSession, change: Change[Incident, facts.Fact]) -> None:
    """Remove the words of the entries that this change strikes as secrets, and what was said about them before."""
    new = {entry.seq for entry in change.entries}
    secrets = [
        entry.fact.entry
        for entry in change.entries
        if isinstance(entry.fact, facts.EntryStruck) and entry.fact.secret
    ]
    if not secrets:
        return
    history = await INCIDENTS.timeline(session, change.after.id)
    theirs = [each for number in secrets for each in with_words_of(history, number) if each.seq not in new]
    await INCIDENTS.rewrite(session, change.after, [Entry(each.seq, redacted(each.fact)) for each in theirs])
