"""The state of an incident, and how each fact changes it. State changes only here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.core.actor import is_person
from bot.incident.domain import facts
from bot.incident.domain.attention import Attention, attention_after
from bot.incident.domain.decisions import RecordedDecision, decisions_after
from bot.incident.domain.kinds import Kind, kind_of_title
from bot.incident.domain.parking import ParkedThought, parking_after
from bot.incident.domain.postmortem_state import Postmortem, postmortem_after
from bot.incident.domain.tasks import Task, due_tasks, next_due, of_person, tasks_after
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status, reference

SHAPE = 2  # of the stored state: change the number if a field is added, removed, or changes its meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The present state of one incident. All times are in UTC.

    Attributes:
        version: the number of facts that led to it.
        opened_at: when it was declared or last reopened.
        roles: the holders of each role, by its key.
        held_since: since when, by role and person.
        vacated_at: when a commander's role last ended without a successor; None if it never did.
        handoff_to: the person whom the commander has asked to take over, until they answer.
        takeover_by: the person who has asked the commander for command, until the commander answers.
        update: the last status update's conditions; empty before the first.
        resolution: what fixed it, in the words of whoever resolved it; empty if it is open, or nobody said.
        updated_at: when the last status update was posted; None before the first.
        promise_from: the time from which the next update's due time is counted.
        snoozed_until: nobody is reminded of the update before this time.
        parked: every thought that was ever parked, also those that were taken out.
        decisions: every decision that was recorded, whatever became of it.
        tasks: all tasks, by number; those that are done or dropped stay.
        milestones: when each known milestone was reached.
        milestones_by: who set each of them: by hand, or by the act that reached it.
        duplicate_of: the number of the incident of which it is a duplicate; None if it is none.
        original_room: the channel of that incident's war room; empty if it had none.
        duplicates: the numbers of the incidents that were merged into it.
        next_by: by when the next update was promised, if that was sooner than the policy's cadence; None otherwise.
        bridge: the address of the video bridge; empty if it was removed, None if there never was one.
        ended_at: when it was closed last; None if it never was.
        ended_seq: the number of the fact that closed it last.
        postmortem_owner: the person who writes the postmortem, if somebody was chosen.
        kept_at: when somebody or something last kept the war room from being archived.
        archived_at: when we archived the war room; None if it is open.
        adopted: whether the war room is a channel that people had before.
        without_room: whether it has no war room, because it was over when it was declared.
        snoozes: how many times its reminders were snoozed since the last update.
        do_not_disturb_until: until when the commander is in do-not-disturb (UTC), as the war room was told.
        attention: what tells whether something seems to have been forgotten.
        severities: each severity that it has or has had, in the order in which it got them.
        services: the keys of the services that it affects, in the order in which they were named.
        services_so_far: the keys of those that it affects, or has affected while it was open.
        postmortem: where its postmortem stands, and what people wrote in it.
        kind: what it is, as it was declared or corrected; None if an earlier release declared it: then its title says it.
        rehearses: the number of the action item that the drill tries out; None if it tries out none.
        was_real: whether it once was a real incident, so that people outside of its war room heard of it.
    """

    version: int
    number: int
    title: str
    severity: Severity
    status: Status = Status.TRIAGE
    summary: str = ""
    private: bool = False
    source: str = ""
    declared_by: str
    declared_at: datetime
    opened_at: datetime
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    held_since: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    vacated_at: datetime | None = None
    handoff_to: str | None = None
    takeover_by: str | None = None
    update: str = ""
    resolution: str = ""
    updated_at: datetime | None = None
    promise_from: datetime
    snoozed_until: datetime | None = None
    milestones: Mapping[Milestone, datetime] = field(default_factory=dict)
    parked: tuple[ParkedThought, ...] = ()
    decisions: tuple[RecordedDecision, ...] = ()
    tasks: tuple[Task, ...] = ()
    milestones_by: Mapping[Milestone, str] = field(default_factory=dict)
    duplicate_of: int | None = None
    original_room: str = ""
    duplicates: tuple[int, ...] = ()
    next_by: datetime | None = None
    snoozes: int = 0
    ended_at: datetime | None = None
    ended_seq: int | None = None
    postmortem_owner: str | None = None
    kept_at: datetime | None = None
    archived_at: datetime | None = None
    adopted: bool = False
    without_room: bool = False
    do_not_disturb_until: datetime | None = None
    attention: Attention = field(default_factory=Attention)
    severities: tuple[Severity, ...] = ()
    bridge: str | None = None
    services: tuple[str, ...] = ()
    services_so_far: tuple[str, ...] = ()
    postmortem: Postmortem = field(default_factory=Postmortem)
    kind: Kind | None = None
    was_real: bool = False
    rehearses: int | None = None

    @property
    def reference(self) -> str:
        """Its name for people: `INC-42`."""
        return reference(self.number)

    @property
    def is_closed(self) -> bool:
        """Whether it is over, as `Status.is_closed` says: then only `reopen`, notes and the review are allowed."""
        return self.status.is_closed

    @property
    def is_drill(self) -> bool:
        """Whether people only practise, or practised."""
        return (self.kind or kind_of_title(self.title)) is Kind.DRILL

    @property
    def was_only_practice(self) -> bool:
        """Whether it is a drill and always was: then nobody outside of it is woken."""
        return self.is_drill and not self.was_real

    @property
    def worst(self) -> Severity:
        """The worst severity that it has or has had."""
        return min(self.severity, *self.severities)

    @property
    def commander(self) -> str | None:
        """The one person in command; None if there is none."""
        return self.holder(Role.COMMANDER)

    @property
    def postmortem_writer(self) -> str | None:
        """The person who writes the postmortem: whoever was chosen, else the commander; None if there is neither."""
        return self.postmortem_owner or self.commander

    @property
    def without_commander_since(self) -> datetime:
        """The time since which the incident has no commander (UTC), if it has none now."""
        return max(self.opened_at, self.vacated_at or self.opened_at)

    @property
    def held(self) -> tuple[str, ...]:
        """The roles that somebody holds, in order. The database keeps no order of them."""
        return tuple(sorted(self.roles, key=Role.rank))

    def roles_of(self, person: str) -> tuple[str, ...]:
        """The roles that this person holds."""
        return tuple(role for role in self.held if person in self.roles[role])

    def holder(self, role: str) -> str | None:
        """The (first) person who holds this role; None if nobody does."""
        holders = self.roles.get(role, ())
        return holders[0] if holders else None

    @property
    def responders(self) -> tuple[str, ...]:
        """The people who hold a role or are asked to take command; each once."""
        holders = [person for role in self.held for person in self.roles[role]]
        asked = [self.handoff_to] if self.handoff_to else []
        return tuple(dict.fromkeys([*holders, *asked]))

    @property
    def called(self) -> tuple[str, ...]:
        """The people whom reminders of promises call: the responders and the declarer, each once, and no machine."""
        declared = [self.declared_by] if is_person(self.declared_by) else []
        return tuple(dict.fromkeys([*self.responders, *declared]))

    @property
    def people(self) -> tuple[str, ...]:
        """The incident's own people: those who are called, and those who have or had a task; each once."""
        assignees = [task.assignee for task in self.tasks if task.assignee]
        return tuple(dict.fromkeys([*self.called, *assignees]))

    @property
    def open_tasks(self) -> list[Task]:
        """The tasks that are still to be done."""
        return [task for task in self.tasks if task.is_open]

    def due_tasks(self, now: datetime) -> list[Task]:
        """The tasks of which somebody must be reminded by now; a closed incident has none."""
        return [] if self.is_closed else due_tasks(self.tasks, now)

    def next_task_due(self, now: datetime) -> datetime | None:
        """The earliest time after `now` at which a task is due; None if none will be."""
        return None if self.is_closed else next_due(self.tasks, now)

    def has_duty(self, person: str) -> bool:
        """Whether they hold a role, are asked to take command, or have an open task."""
        return person in self.responders or bool(of_person(self.tasks, person))


def evolve(incident: Incident | None, fact: facts.Fact) -> Incident:
    """The incident after this fact. The first fact is always `Declared`.

    Raises:
        ValueError: the history does not begin with exactly one `Declared`.
    """
    if isinstance(fact, facts.Declared):
        if incident is not None:
            raise ValueError(f"{incident.reference} was declared twice")
        return _declared(fact)
    if incident is None:
        raise ValueError(f"a history begins with Declared, not with {type(fact).__name__}")
    moved = incident if isinstance(fact, facts.PostmortemFact) else _moved(incident, fact)
    return replace(
        moved,
        version=incident.version + 1,
        milestones_by=_setters(incident, moved, fact.by),
        attention=attention_after(incident.attention, fact),
        postmortem=postmortem_after(incident.postmortem, fact, incident.version + 1),
    )


def fold(happened: Iterable[facts.Fact]) -> Incident:
    """The state that a whole history leads to.

    Raises:
        ValueError: the history is empty or broken.
    """
    incident: Incident | None = None
    for fact in happened:
        incident = evolve(incident, fact)
    if incident is None:
        raise ValueError("an empty history makes no incident")
    return incident


def _declared(fact: facts.Declared) -> Incident:
    return Incident(
        version=1,
        number=fact.number,
        title=fact.title,
        severity=fact.severity,
        severities=(fact.severity,),
        summary=fact.summary,
        private=fact.private,
        source=fact.source,
        declared_by=fact.by,
        declared_at=fact.at,
        opened_at=fact.at,
        promise_from=fact.at,
        adopted=bool(fact.room),
        without_room=fact.without_room,
        services=fact.services,
        services_so_far=fact.services,
        kind=fact.kind,
        rehearses=fact.rehearses,
        milestones={Milestone.DECLARED: fact.at},
        milestones_by={Milestone.DECLARED: fact.by},
        attention=attention_after(Attention(), fact),
    )


def _setters(before: Incident, after: Incident, by: str) -> Mapping[Milestone, str]:
    """Who set each milestone that is known now. Whoever does the act that reaches or corrects one has set it."""
    if after.milestones is before.milestones:
        return before.milestones_by
    return {
        name: by if before.milestones.get(name) != at else before.milestones_by.get(name, "")
        for name, at in after.milestones.items()
    }


def _moved(incident: Incident, fact: facts.ChangeOfIncident) -> Incident:
    match fact:
        case facts.SeverityChanged():
            # The new cadence is counted from the change: an update must not be overdue because of it.
            return replace(
                incident,
                severity=fact.new,
                severities=tuple(dict.fromkeys((*incident.severities, fact.new))),
                promise_from=fact.at,
                snoozed_until=None,
                next_by=None,
            )
        case facts.StatusChanged():
            return _status_changed(incident, fact)
        case facts.DuplicateMerged() | facts.DuplicateReopened():
            others = tuple(each for each in incident.duplicates if each != fact.number)
            is_one = isinstance(fact, facts.DuplicateMerged)
            return replace(incident, duplicates=(*others, fact.number) if is_one else others)
        case facts.RoleAssigned():
            return _role_assigned(incident, fact)
        case facts.RolesEnded():
            return _roles_ended(incident, fact)
        case facts.HandoffOffered() | facts.HandoffDeclined():
            return replace(incident, handoff_to=fact.to if isinstance(fact, facts.HandoffOffered) else None)
        case facts.TakeoverAsked() | facts.TakeoverDeclined():
            return replace(incident, takeover_by=fact.by if isinstance(fact, facts.TakeoverAsked) else None)
        case facts.UpdatePosted():
            text = incident.update if fact.unchanged and incident.update else fact.conditions
            return replace(
                incident,
                update=text,
                updated_at=fact.at,
                promise_from=fact.at,
                snoozed_until=None,
                next_by=fact.next_by,
                snoozes=0,
            )
        case facts.Snoozed():
            return replace(incident, snoozed_until=fact.until, snoozes=incident.snoozes + 1)
        case facts.CommanderInDoNotDisturb():
            return replace(incident, do_not_disturb_until=fact.until)
        case facts.Noted() | facts.EntryFact() | facts.SeverityConfirmed() | facts.NudgeDeclined():
            return incident
        case facts.BridgeSet() | facts.BridgeRemoved() | facts.ServicesChanged():
            return _described(incident, fact)
        case facts.MilestoneSet():
            return replace(incident, milestones={**incident.milestones, fact.milestone: fact.when})
        case facts.Parked() | facts.Unparked() | facts.Reparked():
            return replace(incident, parked=parking_after(incident.parked, fact))
        case facts.Decided() | facts.Objected() | facts.DecisionWithdrawn() | facts.DecisionStands():
            return replace(incident, decisions=decisions_after(incident.decisions, fact))
        case facts.UpkeepFact():
            return _kept_up(incident, fact)
        case facts.TaskFact():
            return replace(incident, tasks=tasks_after(incident.tasks, fact))
        case _:
            assert_never(fact)


def _described(incident: Incident, fact: facts.AboutBridge | facts.ServicesChanged) -> Incident:
    if isinstance(fact, facts.ServicesChanged):
        return _affecting(replace(incident, services=fact.services))
    return replace(incident, bridge=_bridge_after(fact))


def _affecting(incident: Incident) -> Incident:
    """With the services so far. A correction after the end concerns nobody outside of the record."""
    if incident.is_closed:
        return incident
    return replace(
        incident, services_so_far=tuple(dict.fromkeys((*incident.services_so_far, *incident.services)))
    )


def _bridge_after(fact: facts.AboutBridge) -> str:
    """The address; empty if there is none any more, or if it was struck as a secret and other words stand for it."""
    address = fact.address if isinstance(fact, facts.BridgeSet) else ""
    return address if address.startswith("https://") else ""


def _kept_up(incident: Incident, fact: facts.UpkeepFact) -> Incident:
    match fact:
        case facts.Renamed():
            return replace(incident, title=fact.title, summary=fact.summary)
        case facts.KindChanged():
            return replace(incident, kind=fact.new, was_real=incident.was_real or fact.old is Kind.INCIDENT)
        case facts.PostmortemOwnerChosen():
            return replace(incident, postmortem_owner=fact.person)
        case facts.RoomArchived():
            return replace(incident, archived_at=fact.at)
        case facts.RoomKept():
            return replace(incident, kept_at=fact.at, archived_at=None)
        case _:  # the room was asked for
            return replace(incident, without_room=False)


def _status_changed(incident: Incident, fact: facts.StatusChanged) -> Incident:
    milestones = dict(incident.milestones)
    match fact.new:
        case Status.TRIAGE | Status.MITIGATING:
            # It was not over: neither milestone counts any more.
            milestones.pop(Milestone.MITIGATED, None)
            milestones.pop(Milestone.RESOLVED, None)
        case Status.MITIGATED:
            milestones[Milestone.MITIGATED] = fact.at
        case Status.RESOLVED:
            milestones.setdefault(
                Milestone.MITIGATED, fact.at
            )  # resolved without having been mitigated first
            milestones[Milestone.RESOLVED] = fact.at
        case Status.REVIEWED | Status.CANCELLED | Status.DUPLICATE:
            pass
        case _:
            assert_never(fact.new)
    if isinstance(fact, facts.MarkedDuplicate):
        incident = replace(incident, duplicate_of=fact.of, original_room=fact.room)
    if fact.new.is_closed and not fact.old.is_closed:
        incident = replace(incident, ended_at=fact.at, ended_seq=incident.version + 1, kept_at=None)
    if fact.old.is_closed and not fact.new.is_closed:
        incident = replace(incident, duplicate_of=None, original_room="")
        incident = replace(
            incident, opened_at=fact.at, promise_from=fact.at, snoozed_until=None, next_by=None, snoozes=0
        )
    incident = _affecting(replace(incident, status=fact.new))
    resolution = {Status.RESOLVED: fact.reason, Status.REVIEWED: incident.resolution}.get(fact.new, "")
    return replace(incident, milestones=milestones, resolution=resolution)


def _role_assigned(incident: Incident, fact: facts.RoleAssigned) -> Incident:
    others = tuple(each for each in incident.roles.get(fact.role, ()) if each != fact.previous)
    since = {each: incident.held_since[fact.role][each] for each in others}
    incident = replace(
        incident,
        roles={**incident.roles, fact.role: (*others, fact.person)},
        held_since={**incident.held_since, fact.role: {**since, fact.person: fact.at}},
    )
    if fact.role != Role.COMMANDER:
        return incident
    milestones = {Milestone.ACKNOWLEDGED: fact.at, **incident.milestones}  # the first commander's time stays
    return replace(
        incident, handoff_to=None, takeover_by=None, milestones=milestones, do_not_disturb_until=None
    )


def _roles_ended(incident: Incident, fact: facts.RolesEnded) -> Incident:
    left = {
        role: tuple(each for each in holders if each != fact.person or role not in fact.roles)
        for role, holders in incident.roles.items()
    }
    return replace(
        incident,
        roles={role: holders for role, holders in left.items() if holders},
        held_since={
            role: {person: incident.held_since[role][person] for person in holders}
            for role, holders in left.items()
            if holders
        },
        vacated_at=fact.at if Role.COMMANDER in fact.roles else incident.vacated_at,
        takeover_by=None if Role.COMMANDER in fact.roles else incident.takeover_by,
        handoff_to=None if fact.why.is_gone and incident.handoff_to == fact.person else incident.handoff_to,
    )
