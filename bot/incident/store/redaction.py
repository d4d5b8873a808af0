"""Removes the words of a secret from the timeline and from the state, in the transaction that strikes it."""

from collections.abc import Iterable

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Entry
from bot.engine.acts.history import Change
from bot.engine.store import places
from bot.incident.domain import facts
from bot.incident.domain.announcing import AnnounceChannel, channels_for
from bot.incident.domain.corrections import redactions
from bot.incident.domain.effects import (
    AnnounceIn,
    Effect,
    Retell,
    RetellChannel,
    RetellThread,
    SetTopic,
    ShowDecision,
    ShowTasks,
)
from bot.incident.domain.effects.places import further_channel
from bot.incident.domain.incident import Incident
from bot.incident.store.incidents import INCIDENTS


async def project(session: AsyncSession, change: Change[Incident, facts.Fact]) -> list[Effect]:
    """Remove the words of the entries that this change strikes as secrets, and what was said about them before.

    Returns the effects that show it where the entry's own message does not.
    """
    new = {entry.seq for entry in change.entries}
    secrets = _secrets(change)
    if not secrets:
        return []
    history = await INCIDENTS.timeline(session, change.after.id)
    theirs = [each for number in secrets for each in redactions(history, number) if each.seq not in new]
    await INCIDENTS.rewrite(session, change.after, theirs)
    return [effect for each in theirs for effect in _shown_again(each, secrets)]


async def in_former_channels(
    session: AsyncSession,
    change: Change[Incident, facts.Fact],
    removed: Iterable[Effect],
    every: Iterable[AnnounceChannel],
) -> list[Effect]:
    """What removes the words where the incident is announced although the policy does not name the channel any more.

    Args:
        session: the transaction of the change.
        change: the change.
        removed: the effects that `project` has returned.
        every: the further channels that the policy names.
    """
    secrets = _secrets(change)
    if not secrets:
        return []
    seqs = dict.fromkeys([*secrets, *(each.seq for each in removed if isinstance(each, RetellChannel))])
    shown_at = (await places.of(session, [change.after.id])).get(change.after.id, {})
    named = channels_for(change.after.state, every)
    effects: list[Effect] = []
    for channel in map(further_channel, shown_at):
        if channel and channel not in named:
            effects += [AnnounceIn(channel), *(RetellThread(seq, channel=channel) for seq in seqs)]
    return effects


def _secrets(change: Change[Incident, facts.Fact]) -> list[int]:
    """The entries that this change strikes as secrets."""
    return [
        entry.fact.entry
        for entry in change.entries
        if isinstance(entry.fact, facts.EntryStruck) and entry.fact.secret
    ]


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
