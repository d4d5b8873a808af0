"""What effects need to be rendered, read for all effects of a turn together, in a few queries."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import tokens
from bot.engine.store import failures, people, places, streams
from bot.engine.store.database import Session
from bot.engine.store.tables import (
    EffectRow,
    HeadItemRow,
    NudgeRow,
    PersonRow,
    PlaceRow,
    ReminderRow,
    RoomMemberRow,
    StreamRow,
)
from bot.engine.store.timelines import StoredFact, single_facts, whole_timeline
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.effects import (
    BriefNewcomer,
    CatchUp,
    CloseNudge,
    CloseReminder,
    Effect,
    Place,
    PostDigest,
    PostNudge,
    Remind,
    RetellSubscriber,
    SendDraft,
    ShareDraft,
    ShowTasks,
    TellOfActionItems,
    TellRoom,
    TellSubscriber,
)
from bot.incident.domain.facts import Noted
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.shortlist import Shortlist
from bot.incident.domain.subscriptions import Follows
from bot.incident.effects.head import TRIED_AGAIN_AFTER
from bot.incident.effects.installation import Installation
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header, incidents, nudges, reminders, rooms, subscriptions
from bot.incident.store.duplicates import Timelines, merged_timelines
from bot.incident.store.elsewhere import NO_ACTION_ITEMS, ActionItems
from bot.incident.views.lists import LISTED_MAX


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows that some effects need, still as documents: a damaged one affects only the effects that need it."""

    incidents: Mapping[int, StreamRow]
    places: Mapping[int, Mapping[str, PlaceRow]]
    reminders: Mapping[int, ReminderRow]
    nudges: Mapping[int, NudgeRow]
    entries: Mapping[tuple[int, int], StoredFact]
    refused: Mapping[int, str]
    timelines: Mapping[int, Sequence[StoredFact]]
    duplicates: Mapping[int, Timelines]
    histories: Mapping[int, Sequence[StoredFact]]
    names: Mapping[str, Mapping[str, str]]
    people: Mapping[int, Mapping[str, RoomMemberRow]]
    recipients: Mapping[str, Mapping[str, PersonRow]]
    follows: Mapping[str, Mapping[str, Follows]]
    open_incidents: Mapping[str, Shortlist]
    heads: Mapping[int, Mapping[str, HeadItemRow]]
    refused_features: Mapping[str, frozenset[str]]
    action_lines: Mapping[int, Sequence[ActionLine]]
    installation: Installation
    now: datetime

    def number(self, row: EffectRow) -> int | None:
        """The number of the incident that this effect belongs to, if the effect could be read."""
        return self.incidents[row.stream_id].number if row.stream_id in self.incidents else None

    def render_context(self, row: EffectRow, effect: Effect) -> RenderContext:
        """What one of these effects is rendered from.

        Raises:
            LookupError: something that the effect needs is missing.
            OtherReleaseError: another release has written something that this one cannot read.
            pydantic.ValidationError: a document is damaged.
        """
        incident = self._state(row.stream_id)
        reminder = self.reminders[effect.reminder] if isinstance(effect, (Remind, CloseReminder)) else None
        nudge = self.nudges[effect.row] if isinstance(effect, (PostNudge, CloseNudge)) else None
        seq = _seq(effect, self.reminders, self.nudges)
        missed = effect.seqs if isinstance(effect, CatchUp) else ()
        whole = self.timelines[row.stream_id] if _draws_up(effect, row) else ()
        return RenderContext(
            incident=incident,
            installation=self.installation,
            places=self.places.get(row.stream_id, {}),
            now=self.now,
            key=row.key,
            team=row.team_id,
            wanted_at=row.created_at,
            doubt=row.doubt,
            progress=row.progress,
            missed=[incidents.INCIDENTS.decoded(self.entries[row.stream_id, each]) for each in missed],
            entry=incidents.INCIDENTS.decoded(self.entries[row.stream_id, seq]) if seq is not None else None,
            act=[incidents.INCIDENTS.decoded(self.entries[row.stream_id, each]) for each in _told(effect)],
            reminder=reminder,
            nudge=nudge,
            refused=self.refused.get(row.stream_id, ""),
            timeline=[incidents.INCIDENTS.decoded(each) for each in whole],
            duplicates=[
                (number, [incidents.INCIDENTS.decoded(each) for each in timeline])
                for number, timeline in (self.duplicates.get(row.stream_id, ()) if whole else ())
            ],
            names=self.names.get(row.team_id, {}),
            people=self.people.get(row.stream_id, {}),
            person=self.recipients.get(row.team_id, {}).get(_recipient(effect)),
            follows=self.follows.get(row.team_id, {}).get(_recipient(effect), Follows()),
            open_incidents=self.open_incidents.get(row.team_id, Shortlist()),
            action_lines=self.action_lines.get(row.id or 0, ()),
            head=self.heads.get(row.stream_id, {}),
            refused_features=self.refused_features.get(row.team_id, frozenset()),
        )

    def _state(self, stream_id: int) -> Incident:
        if stream_id in self.histories:  # the document has another release's shape
            return fold(incidents.INCIDENTS.decoded(each).fact for each in self.histories[stream_id])
        return incidents.INCIDENTS.as_stored(self.incidents[stream_id]).state


async def preload(session: Session, effects: Iterable[Effect]) -> Mapping[int, ReminderRow]:
    """The reminders that these effects are about."""
    return await reminders.by_ids(session, [each.reminder for each in effects if isinstance(each, Remind)])


async def gather_for(
    installation: Callable[[], Installation],
    session: Session,
    effects: Sequence[tuple[EffectRow, Effect]],
    now: datetime,
    action_items: ActionItems = NO_ACTION_ITEMS,
) -> Gathered:
    """Read what these effects need at this time (UTC)."""
    ids = {row.stream_id for row, _ in effects}
    reminder_rows = await reminders.by_ids(
        session, {effect.reminder for _, effect in effects if isinstance(effect, (Remind, CloseReminder))}
    )
    nudge_rows = await nudges.by_ids(
        session, {effect.row for _, effect in effects if isinstance(effect, (PostNudge, CloseNudge))}
    )
    entries_told = {
        (row.stream_id, seq)
        for row, effect in effects
        if (seq := _seq(effect, reminder_rows, nudge_rows)) is not None
    }
    entries_told |= {(row.stream_id, seq) for row, effect in effects for seq in _seqs_told(effect)}
    shown_at = await places.of(session, ids)
    told_at = await places.of_facts(
        session, {row.stream_id for row, effect in effects if _reads(effect, Reads.TOLD)}
    )
    for stream_id, found_at in told_at.items():
        shown_at[stream_id] = shown_at.get(stream_id, {}) | found_at
    roomless = {
        row.stream_id
        for row, effect in effects
        if _reads(effect, Reads.OPENING) and Place.ROOM not in shown_at.get(row.stream_id, {})
    }
    entries = await single_facts(session, entries_told)
    to_people = {row.stream_id for row, effect in effects if _reads(effect, Reads.PEOPLE)}
    drafts = [row for row, effect in effects if _draws_up(effect, row)]
    digests = {row.team_id for row, effect in effects if isinstance(effect, PostDigest)}
    recipients, follows = await _recipients(session, effects)
    found = await streams.rows(session, ids)
    histories = await incidents.INCIDENTS.timelines_of_other_shapes(session, found)
    whole = {
        row.stream_id: await whole_timeline(session, row.stream_id)
        for row in drafts
        if row.stream_id not in histories
    }
    timelines = histories | whole
    duplicates = {
        row.stream_id: await merged_timelines(session, row.team_id, timelines[row.stream_id])
        for row in drafts
    }
    at_head = [row for row, effect in effects if _reads(effect, Reads.HEAD)]
    return Gathered(
        incidents=found,
        histories=histories,
        places=shown_at,
        reminders=reminder_rows,
        nudges=nudge_rows,
        entries=entries,
        refused={each: await failures.opening_failure(session, each) for each in roomless},
        names=await _names(
            session,
            effects,
            entries,
            {row.team_id for row in drafts} | digests,
            {each: row for each, row in found.items() if each not in histories},
        ),
        timelines=timelines,
        duplicates=duplicates,
        action_lines=await _action_lines(session, effects, action_items, found, duplicates),
        people=await rooms.members_by_incident(session, to_people),
        recipients=recipients,
        follows=follows,
        open_incidents={team: await incidents.open_to_all(session, team, LISTED_MAX) for team in digests},
        heads=await header.items(session, {row.stream_id for row in at_head}),
        refused_features=await _refused_features(session, {row.team_id for row in at_head}, now),
        installation=installation(),
        now=now,
    )


async def _action_lines(
    session: Session,
    effects: Iterable[tuple[EffectRow, Effect]],
    action_items: ActionItems,
    found: Mapping[int, StreamRow],
    duplicates: Mapping[int, Timelines],
) -> dict[int, Sequence[ActionLine]]:
    """The action items that each effect names; for a draft, those of its incident and of what was merged into it."""
    read: dict[int, Sequence[ActionLine]] = {}
    for row, effect in effects:
        if isinstance(effect, TellOfActionItems):
            read[row.id or 0] = await action_items.numbered(session, row.team_id, effect.numbers)
        elif _draws_up(effect, row) and row.stream_id in found:
            merged = [number for number, _ in duplicates.get(row.stream_id, ())]
            numbers = [found[row.stream_id].number, *merged]
            read[row.id or 0] = await action_items.of_incidents(session, row.team_id, numbers)
    return read


async def _names(
    session: Session,
    effects: Iterable[tuple[EffectRow, Effect]],
    entries: Mapping[tuple[int, int], StoredFact],
    drafted: Collection[str],
    found: Mapping[int, StreamRow],
) -> dict[str, dict[str, str]]:
    """People's names by team: all for a draft, else of the actors of what the room is told, and of who has a task."""
    names = {team: await people.names(session, team) for team in drafted}
    actors: dict[str, set[str]] = {}
    for row, effect in effects:
        if row.team_id not in names:
            for seq in _seqs_told(effect):
                stored_fact = entries.get((row.stream_id, seq))
                if stored_fact:
                    actors.setdefault(row.team_id, set()).update(_named(stored_fact))
            if row.stream_id in found and isinstance(effect, (ShowTasks, TellRoom)):
                actors.setdefault(row.team_id, set()).update(incidents.assignees(found[row.stream_id]))
    for team, who in actors.items():
        known = await people.known(session, team, list(who))
        names[team] = {person: row.name for person, row in known.items()}
    return names


def _named(stored_fact: StoredFact) -> list[str]:
    """Who did it, and whom a note names: nobody is notified of having been recorded."""
    payload = stored_fact.payload
    said = [str(payload.get("author")), *tokens.people(str(payload.get("text")))]
    return [str(payload.get("by")), *(said if stored_fact.kind == Noted.__name__ else ())]


async def _recipients(
    session: Session, effects: Iterable[tuple[EffectRow, Effect]]
) -> tuple[dict[str, dict[str, PersonRow]], dict[str, dict[str, Follows]]]:
    """What is known of the people to whom single messages go, and what the subscribers follow, by team and person."""
    told: dict[str, set[str]] = {}
    subscribers: dict[str, set[str]] = {}
    for row, effect in effects:
        if person := _recipient(effect):
            told.setdefault(row.team_id, set()).add(person)
        if isinstance(effect, (TellSubscriber, RetellSubscriber)):
            subscribers.setdefault(row.team_id, set()).add(effect.person)
    known = {team: await people.known(session, team, who) for team, who in told.items()}
    return known, {
        team: await subscriptions.of_people(session, team, who) for team, who in subscribers.items()
    }


def _recipient(effect: Effect) -> str:
    """The person of whom it must be known who they are; empty if there is none."""
    return effect.person if isinstance(effect, (BriefNewcomer, TellSubscriber, RetellSubscriber)) else ""


async def _refused_features(
    session: Session, teams: Collection[str], now: datetime
) -> dict[str, frozenset[str]]:
    """What these workspaces have refused lately."""
    found: dict[str, frozenset[str]] = {}
    for row in await header.refused(session, teams) if teams else ():
        if now - row.at < TRIED_AGAIN_AFTER:
            found[row.team_id] = found.get(row.team_id, frozenset()) | {row.feature}
    return found


def _reads(effect: Effect, what: Reads) -> bool:
    reads = EFFECTS.of(effect).reads
    return reads is not None and what in reads


def _draws_up(effect: Effect, row: EffectRow) -> bool:
    """Whether it needs the whole timeline: only the steps do that make a file, or the picture of a draft."""
    last = "picture" if isinstance(effect, (ShareDraft, SendDraft)) else "file"
    return _reads(effect, Reads.TIMELINE) and last not in row.progress


def _seqs_told(effect: Effect) -> Sequence[int]:
    """The timeline entries of which the effect tells the room."""
    return effect.seqs if isinstance(effect, CatchUp) else _told(effect)


def _told(effect: Effect) -> Sequence[int]:
    """The timeline entries of one act of which the effect tells."""
    return effect.told if isinstance(effect, TellRoom) else ()


def _seq(
    effect: Effect, reminder_rows: Mapping[int, ReminderRow], nudge_rows: Mapping[int, NudgeRow]
) -> int | None:
    """The timeline entry that the effect is about."""
    if isinstance(effect, TellRoom):
        return effect.seq
    if isinstance(effect, CloseNudge) and effect.row in nudge_rows:
        return nudge_rows[effect.row].closed_seq
    row = reminder_rows.get(effect.reminder) if isinstance(effect, (Remind, CloseReminder)) else None
    return row.answered_seq if row else None
