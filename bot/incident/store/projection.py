"""Updates what is stored of an incident beside its stream, in the transaction of each change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import tokens
from bot.core.actor import can_be_reached
from bot.engine.acts.history import Change
from bot.engine.store import drafts, places
from bot.engine.store.drafts import DraftKey
from bot.incident.domain import facts
from bot.incident.domain.cadence import promises_due
from bot.incident.domain.effects import Effect, Meet, Place
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_sections import draft_name
from bot.incident.domain.stakeholders import with_further_channels
from bot.incident.domain.timeline import Entry
from bot.incident.store import affected_services, captured, members, nudges, redaction, reminders
from bot.incident.store.reminders import closed, refreshed
from bot.incident.views.facts import sentence

# Facts that neither keep nor end a promise.
_NO_ANSWER = (
    facts.Noted,
    facts.MilestoneSet,
    facts.HandoffOffered,
    facts.HandoffDeclined,
    facts.Parked,
    facts.Unparked,
    facts.Reparked,
    facts.Decided,
    facts.Objected,
    facts.DecisionWithdrawn,
    facts.DecisionStands,
    facts.TaskFact,
    facts.DuplicateMerged,
    facts.DuplicateReopened,
    facts.TakeoverAsked,
    facts.TakeoverDeclined,
    facts.EntryFact,
    facts.UpkeepFact,
    facts.PostmortemFact,
    facts.SeverityConfirmed,
    facts.CommanderInDoNotDisturb,
    facts.AboutBridge,
    facts.ServicesChanged,
)

Changed = Change[Incident, facts.Fact]


@dataclass(frozen=True, slots=True)
class Projection:
    """Follows the changes of incidents.

    Attributes:
        policy: returns the promises that count now.
    """

    policy: Callable[[], Policy]

    async def project(self, session: AsyncSession, change: Changed) -> list[Effect]:
        """Update members and reminders; returns the effects of that, and those that fetch unknown people's names."""
        before, after = change.before, change.after
        states = (before.state if before else None, after.state)
        await members.project(session, after.team, after.id, *states)
        await affected_services.project(session, after.team, after.id, *states)
        await captured.project(session, change)
        await _adopt(session, change)
        await _delete_posted_draft(session, change)
        removed = await redaction.project(session, change)
        if after.state.without_room:
            removed = []  # nothing of it is shown in Slack
        announce = self.policy().announce
        elsewhere = await redaction.in_former_channels(session, change, removed, announce)
        shown_again = [*with_further_channels(removed, after.state, announce), *elsewhere]
        closed_nudges = await nudges.project(session, change, self.policy())
        answered = await self._answer_reminders(session, change)
        return [*answered, *closed_nudges, *shown_again, *_strangers(change)]

    async def _answer_reminders(self, session: AsyncSession, change: Changed) -> list[Effect]:
        """Mark the reminders of promises that are kept or over as answered, and update those that still apply."""
        before, incident = change.before, change.after.state
        # The policy may have added a fact of its own, such as that a postmortem is owed: it answers nothing.
        answers = [entry for entry in change.entries if not isinstance(entry.fact, _NO_ANSWER)]
        if before is None or not answers:
            return []
        last = answers[-1]
        rows = (await reminders.open_reminders(session, [before.id])).get(before.id, [])
        if not rows:
            return []
        policy = self.policy()
        still = promises_due(incident, policy, change.now)
        is_news = _says_otherwise(before.state, incident)
        is_news = is_news or still != promises_due(before.state, policy, change.now)
        effects: dict[tuple[str, bool], list[Effect]] = {}
        for row in rows:
            place = row.promise, row.broadcast  # the last of each counts: 0.2.0 left several open
            if row.promise not in still:
                row.answered_at, row.answered_by, row.answered_seq = change.now, last.fact.by, last.seq
                effects[place] = closed(row)
            elif is_news:
                effects[place] = refreshed(row)
        return [effect for each in effects.values() for effect in each]


async def _adopt(session: AsyncSession, change: Changed) -> None:
    """Store the war room of an incident that adopts a channel."""
    for entry in change.entries:
        if isinstance(entry.fact, facts.Declared) and entry.fact.room:
            after = change.after
            await places.put(session, after.team, after.id, Place.ROOM, channel=entry.fact.room, ts="")


async def _delete_posted_draft(session: AsyncSession, change: Changed) -> None:
    """Delete what the person had typed in the form and now has posted."""
    for entry in change.entries:
        if isinstance(entry.fact, facts.UpdatePosted) and not entry.fact.unchanged:
            key = DraftKey(change.after.team, entry.fact.by, change.after.state.number)
            await drafts.forget(session, key)
        if isinstance(entry.fact, facts.PostmortemSectionWritten):
            number, kept_as = change.after.state.number, draft_name(entry.fact.section)
            await drafts.forget(session, DraftKey(change.after.team, entry.fact.by, number, kept_as))


def people_in(entries: Sequence[Entry]) -> list[str]:
    """All people whom these facts name, each once."""
    found: list[str] = []
    for entry in entries:
        fact = entry.fact
        found += [fact.by, *facts.people_in(fact), *tokens.people(sentence(fact))]
    return [each for each in dict.fromkeys(found) if each and can_be_reached(each)]


def _says_otherwise(before: Incident, after: Incident) -> bool:
    """Whether a reminder of the incident has another text after the change."""
    return _said_of(before) != _said_of(after)


def _said_of(incident: Incident) -> object:
    return incident.severity, incident.status, NudgeKind.FORGOTTEN in incident.attention.declined


def _strangers(change: Changed) -> list[Effect]:
    """The effects that fetch the names of unknown people, which the postmortem needs."""
    return [Meet(person) for person in people_in(change.entries) if person not in change.known_people]
