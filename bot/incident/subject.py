"""The incident, as the machinery needs it."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.core.templates import Templates
from bot.engine.acts.acts import Acts
from bot.engine.acts.history import Change, History
from bot.engine.clock.due import DueSource
from bot.engine.delivery.effect_source import EffectSource
from bot.engine.store.database import Database, Session
from bot.engine.subject import Figure, Subject, SubjectKind
from bot.incident import commands
from bot.incident.dispatch.captured import Captured
from bot.incident.dispatch.digests import Digests
from bot.incident.dispatch.do_not_disturb import DoNotDisturb
from bot.incident.dispatch.rooms import Rooms
from bot.incident.domain import facts
from bot.incident.domain.archiving import is_archiving_due, next_archive_look
from bot.incident.domain.bridge import DrawSecret, bridge_of_policy
from bot.incident.domain.cadence import due_and_next_look
from bot.incident.domain.calling import called
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.effects import Effect
from bot.incident.domain.header import head_of_room
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudges import nudges_and_next_look
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_nudges import postmortem_nudge_due
from bot.incident.domain.postmortem_owed import owed_by_policy
from bot.incident.domain.react import react_all
from bot.incident.domain.roles import titled
from bot.incident.domain.services import with_service_titles
from bot.incident.domain.stakeholders import with_stakeholders
from bot.incident.domain.timeline import Entry
from bot.incident.due import Reminders, next_look
from bot.incident.effects.gathering import gather_for, preload
from bot.incident.effects.installation import Installation
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.renewal import Renewal
from bot.incident.effects.writer import Incidents
from bot.incident.store.elsewhere import NO_ACTION_ITEMS, ActionItems, Reaction
from bot.incident.store.figures import open_incidents
from bot.incident.store.incidents import INCIDENTS
from bot.incident.store.projection import Projection, people_in


def _try_templates(templates: Templates, policy: Policy) -> None:
    from bot.incident.views.check import try_templates  # noqa: PLC0415  # most teams have no templates of their own

    try_templates(templates, policy)


KIND = SubjectKind(
    registry=EFFECTS,
    streams=INCIDENTS,
    figures=(Figure("warroom_incidents_open", "Incidents that are not over.", "severity", open_incidents),),
    commands=commands,
    routes=(),
    try_templates=_try_templates,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSubject(Subject):
    """The incident.

    Attributes:
        rooms: tracks who is in the war rooms.
        captured: follows the messages that are notes.
        do_not_disturb: follows the do-not-disturb of commanders.
    """

    acts: Incidents
    rooms: Rooms
    captured: Captured
    do_not_disturb: DoNotDisturb


def incidents_under(
    policy: Callable[[], Policy],
    draw_secret: DrawSecret = secrets.token_urlsafe,
    reactions: Sequence[Reaction] = (),
) -> History[Incident, facts.Fact]:
    """The history of incidents, under a team's promises.

    Args:
        policy: returns the promises that count now.
        draw_secret: draws a token that nobody can guess, for the address of a video bridge.
        reactions: what each change means to other subjects.
    """
    projection = Projection(policy)

    async def project(session: Session, change: Change[Incident, facts.Fact]) -> Sequence[Effect]:
        effects = [*await projection.project(session, change)]
        for reaction in reactions:
            effects += await reaction(session, change)
        return effects

    def look(incident: Incident, now: datetime) -> datetime | None:
        due_now, ahead = due_and_next_look(incident, policy(), now)
        # What is due now and not yet claimed must not be missed.
        if due_now or incident.due_tasks(now) or is_archiving_due(incident, policy(), now):
            return now
        owed_now, owed_at = postmortem_nudge_due(incident, policy(), now)
        if owed_now:
            return now
        may_ask, ask_at = nudges_and_next_look(incident, policy(), now)
        if may_ask:
            return now
        archive_at = next_archive_look(incident, policy(), now)
        return next_look(incident, now, ahead, ask_at, archive_at, owed_at)

    def react_in_full(entries: Sequence[Entry], incident: Incident) -> Sequence[Effect]:
        if incident.without_room:
            return react_all(entries, incident)  # nobody else follows it
        effects = with_stakeholders(entries, react_all(entries, incident), incident, policy().announce)
        return [*effects, *called(entries, incident, policy()), *head_of_room(entries, policy())]

    def added(incident: Incident | None, decided: Sequence[facts.Fact]) -> Sequence[facts.Fact]:
        bridge = bridge_of_policy(incident, decided, policy().bridges, draw_secret)
        return (*bridge, *owed_by_policy(incident, decided, policy()))

    return History(
        decider=INCIDENT,
        kinds=EFFECTS,
        react=react_in_full,
        next_look=look,
        people_in=people_in,
        project=project,
        as_recorded=lambda fact: with_service_titles(titled(fact, policy().roles), policy().services),
        added=added,
    )


def make(
    database: Database,
    installation: Callable[[], Installation],
    team: str,
    committed: Callable[[], None],
    *,
    action_items: ActionItems = NO_ACTION_ITEMS,
    reactions: Sequence[Reaction] = (),
) -> IncidentSubject:
    """Build the subject.

    Args:
        database: where incidents are stored.
        installation: returns policy, templates and channels, as they count now.
        team: the workspace.
        committed: called after each commit that added effects.
        action_items: how action items are read, which are another subject.
        reactions: what each change of an incident means to other subjects.
    """

    def policy() -> Policy:
        return installation().policy

    acts = Acts(database, incidents_under(policy, reactions=reactions), committed)
    rooms = Rooms(database, acts, team, committed)
    digests = Digests(database, acts, team, installation)
    do_not_disturb = DoNotDisturb(database, acts, team, committed)
    reminders = Reminders(policy, acts, has_channel=bool(installation().incidents_channel))
    return IncidentSubject(
        acts=acts,
        effect_source=EffectSource(
            registry=EFFECTS,
            acts=acts,
            gather=partial(gather_for, installation, action_items=action_items),
            preload=preload,
        ),
        due_source=DueSource(EFFECTS, INCIDENTS, reminders.record),
        chores=(
            rooms.tick,
            digests.tick,
            do_not_disturb.tick,
            Renewal(database, policy, team, committed).tick,
        ),
        http_handlers={},
        rooms=rooms,
        captured=Captured(database, acts, team, committed),
        do_not_disturb=do_not_disturb,
    )
