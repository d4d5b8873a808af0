"""Which messages of Slack are notes: the trace of the act that marked one tells, as long as its note counts."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.history import Change
from bot.engine.store import acts, timelines
from bot.engine.store.acts import Act
from bot.incident.domain import facts
from bot.incident.domain.corrections import captured
from bot.incident.domain.effects import noted_once
from bot.incident.domain.incident import Incident
from bot.incident.store.incidents import INCIDENTS


async def stream_of(session: AsyncSession, team: str, channel: str, ts: str) -> int | None:
    """The id of the incident on whose timeline this message is; None if it is on none, or its note was struck."""
    trace = await acts.trace(session, team, noted_once(channel, ts))
    return trace.stream_id if trace else None


@dataclass(frozen=True, slots=True)
class CapturedNote:
    """A message that a reaction has put on the timeline.

    Attributes:
        number: the number of its incident.
        entry: the number of its note.
    """

    number: int
    entry: int


async def note_of(session: AsyncSession, team: str, channel: str, ts: str) -> CapturedNote | None:
    """The note that a reaction to this message made, if it counts."""
    stream_id = await stream_of(session, team, channel, ts)
    if stream_id is None:
        return None
    stored = await INCIDENTS.by_id(session, stream_id)
    entry = captured(await INCIDENTS.timeline(session, stream_id), channel, ts)
    fact = entry.recorded.fact if entry and not entry.struck else None
    if entry is None or not isinstance(fact, facts.Noted) or not fact.by_reaction:
        return None
    return CapturedNote(stored.state.number, entry.number)


async def project(session: AsyncSession, change: Change[Incident, facts.Fact]) -> None:
    """Let a message whose note was struck be marked again; and not any more, once its note is put back.

    The words of a secret must not come back, so a message whose words were removed stays marked.
    """
    struck, restored = [], []
    for entry in change.entries:
        if isinstance(entry.fact, facts.EntryStruck) and not entry.fact.secret:
            struck.append(entry.fact.entry)
        elif isinstance(entry.fact, facts.EntryRestored):
            restored.append(entry.fact.entry)
    after = change.after
    for note in await _messages(session, after.id, struck):
        await acts.forget(session, after.team, noted_once(note.channel, note.ts))
    for note in await _messages(session, after.id, restored):
        act = Act(noted_once(note.channel, note.ts), after.team, change.now, permanent=True)
        if await acts.trace(session, act.team, act.id) is None:
            await acts.record(session, act, after.id, {})


async def _messages(session: AsyncSession, stream_id: int, seqs: list[int]) -> list[facts.Noted]:
    """Those of these entries that are messages of Slack."""
    found = await timelines.single_facts(session, [(stream_id, seq) for seq in seqs])
    notes = [INCIDENTS.decoded(stored_fact).fact for stored_fact in found.values()]
    return [note for note in notes if isinstance(note, facts.Noted) and note.ts]
