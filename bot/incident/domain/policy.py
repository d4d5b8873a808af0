"""What a team has promised: the meaning of each severity, how often updates are due, who is reminded when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.bridge import NO_BRIDGES, Bridges, PolicyBookmark
from bot.incident.domain.channel_template import DEFAULT_TEMPLATE
from bot.incident.domain.digest import DigestTime
from bot.incident.domain.kinds import DrillPolicy
from bot.incident.domain.links import LinkPattern
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.permissions import Permissions
from bot.incident.domain.postmortem_policy import PostmortemPolicy
from bot.incident.domain.quiet_hours import QuietHours
from bot.incident.domain.roles import DEFAULT_ROLES, Roles
from bot.incident.domain.services import NO_SERVICES, Services
from bot.incident.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class CallList:
    """Whom a severity calls: people and user groups, by their ids."""

    people: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether it names anybody."""
        return bool(self.people or self.groups)


@dataclass(frozen=True, slots=True)
class Level:
    """One severity: the sentence by which people choose it, and its promises.

    Attributes:
        impact: what it means for customers.
        cadence: the longest gap between two updates.
        cadence_mitigated: the same once the incident is mitigated, until it is resolved.
        remind_ahead: how long before an update is due the commander is reminded.
        no_commander_broadcast: how long after the declaration the incidents channel is told that there is no commander.
        call: who is brought into the war room when an incident is declared with it or raised to it.
    """

    impact: str
    cadence: timedelta
    cadence_mitigated: timedelta
    remind_ahead: timedelta
    no_commander_broadcast: timedelta
    call: CallList = CallList()


@dataclass(frozen=True, slots=True)
class ImpactQuestion:
    """A question about the impact.

    Attributes:
        question: the question, as people read it.
        answers: its answers, each with the severity that it points to.
    """

    question: str
    answers: Sequence[tuple[str, Severity]]


@dataclass(frozen=True, slots=True)
class NudgeSetting:
    """When a nudge comes.

    Attributes:
        after: how long after what it is about has begun.
        severities: the severities at which it comes.
    """

    after: timedelta
    severities: frozenset[Severity]


@dataclass(frozen=True, slots=True)
class Policy:
    """The promises of one installation, read once from `policy.yml`.

    Attributes:
        levels: every severity with its meaning and promises.
        commander_within: how long an incident may be without a commander before somebody is reminded.
        escalate_after: how long after a promise ran out the deputy or all role holders are reminded.
        broadcast_after: how long after an update was due the incidents channel is told.
        snooze: how long Snooze postpones a reminder.
        objection_window: how long people may object to a decision if its author does not say.
        questions: the questions about the impact whose answers propose a severity; there may be none.
        quiet: when nobody is reminded of incidents of SEV3 and SEV4; None if there are no such hours.
        roles: which roles there are.
        task_reactions: the names of the emoji that make a message a task.
        action_item_reactions: the names of the emoji that make a message an action item.
        time_zone: the zone of dates that everybody reads, such as in channel names; empty for UTC.
        channel_name: the template of war rooms' names; see `bot.incident.domain.channel_template`.
        postmortem: after which incidents a postmortem is owed, by when, and how it is approved.
        check_postmortem: whether the draft ends with what the reader for blame found in it.
        archive_after: how long after the end a war room is archived, unless somebody keeps it; None for never.
        archive_adopted: whether that counts for channels, too, that people had before the incident.
        nudges: which nudges there are, and when they come.
        announce: the further channels in which incidents are announced.
        digest: when the digest is posted in the incidents channel; None if it is not.
        bridges: the video bridge of each severity.
        bookmarks: what every war room has among its bookmarks.
        canvas: whether a war room has a canvas with the state of the incident.
        note_reactions: the names of the emoji that put a message on the timeline, the usual one first.
        may: who may do what.
        services: which services there are.
        names_by_role: whether a postmortem names people by their roles.
        link: the addresses of incidents outside of Slack; None if they have none.
        drills: what a drill does that an incident of its severity does.
        load: whether there are figures about how much people have worked in incidents.
    """

    levels: Mapping[Severity, Level]
    commander_within: timedelta
    escalate_after: timedelta
    broadcast_after: timedelta
    snooze: timedelta
    objection_window: timedelta
    questions: Sequence[ImpactQuestion] = ()
    quiet: QuietHours | None = None
    roles: Roles = DEFAULT_ROLES
    note_reactions: Sequence[str] = ("pushpin",)
    task_reactions: Sequence[str] = ("clipboard",)
    action_item_reactions: Sequence[str] = ("dart",)
    time_zone: str = ""
    channel_name: str = DEFAULT_TEMPLATE
    postmortem: PostmortemPolicy = field(default_factory=PostmortemPolicy)
    check_postmortem: bool = True
    archive_after: timedelta | None = None
    archive_adopted: bool = False
    nudges: Mapping[NudgeKind, NudgeSetting] = field(default_factory=dict)
    announce: Sequence[AnnounceChannel] = ()
    digest: DigestTime | None = None
    may: Permissions = field(default_factory=Permissions)
    link: LinkPattern | None = None
    bridges: Bridges = NO_BRIDGES
    bookmarks: Sequence[PolicyBookmark] = ()
    canvas: bool = True
    services: Services = NO_SERVICES
    load: bool = True
    names_by_role: bool = False
    drills: DrillPolicy = field(default_factory=DrillPolicy)

    def proposed(self, answers: Mapping[int, int]) -> Severity | None:
        """The severity that these answers propose: the worst that one of them points to; None without an answer.

        Args:
            answers: the number of the answer, by the number of its question, both counted from 0.
        """
        return min((severity for _, severity in self._chosen(answers)), default=None)

    def impact_words(self, answers: Mapping[int, int]) -> tuple[str, ...]:
        """The answers in words, each with its question."""
        return tuple(words for words, _ in self._chosen(answers))

    def _chosen(self, answers: Mapping[int, int]) -> Iterator[tuple[str, Severity]]:
        for at, each in enumerate(self.questions):
            if (chosen := answers.get(at, -1)) in range(len(each.answers)):
                answer, severity = each.answers[chosen]
                yield f"{each.question} {answer}", severity

    def cadence(self, severity: Severity, *, mitigated: bool = False) -> timedelta:
        """The longest gap between two updates at this severity, before or after the incident is mitigated."""
        level = self.levels[severity]
        return level.cadence_mitigated if mitigated else level.cadence

    def remind_ahead(self, severity: Severity) -> timedelta:
        """How long before an update is due the commander is reminded."""
        return self.levels[severity].remind_ahead

    def no_commander_broadcast(self, severity: Severity) -> timedelta:
        """How long after the declaration the incidents channel is told that there is no commander."""
        return self.levels[severity].no_commander_broadcast

    def call(self, severity: Severity) -> CallList:
        """Whom an incident of this severity calls."""
        return self.levels[severity].call

    @property
    def groups(self) -> tuple[str, ...]:
        """All user groups that are named, each once: their members are read ahead."""
        called = [group for level in self.levels.values() for group in level.call.groups]
        return tuple(dict.fromkeys([*self.may.groups, *called]))

    @property
    def people(self) -> tuple[str, ...]:
        """All people who are named, each once."""
        called = [person for level in self.levels.values() for person in level.call.people]
        return tuple(dict.fromkeys([*self.may.people, *called]))

    def impact(self, severity: Severity) -> str:
        """What this severity means for customers, in one sentence."""
        return self.levels[severity].impact
