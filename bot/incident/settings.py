"""The settings of incidents: the channel where they are announced, and their part of `policy.yml`."""

import re
from datetime import time, timedelta
from itertools import combinations
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.core.durations import Duration
from bot.core.mistakes import Mistakes
from bot.incident.domain.archiving import ASKED_BEFORE
from bot.incident.domain.channel_template import DEFAULT_TEMPLATE, mistake_in
from bot.incident.domain.links import PLACE, LinkPattern
from bot.incident.domain.policy import CallList, ImpactQuestion, Level, Policy
from bot.incident.domain.quiet_hours import QuietHours
from bot.incident.domain.roles import DEFAULT_ROLES, RoleDefinition, Roles
from bot.incident.domain.rules import OBJECTION_WINDOW_MAX
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.settings_drills import DrillsSection
from bot.incident.settings_header import BOOKMARKS_MAX, Bookmark, Bridge, Emoji, bridges
from bot.incident.settings_nudges import Nudges, to_nudges
from bot.incident.settings_permissions import Called, MaySection
from bot.incident.settings_postmortem import PostmortemSection
from bot.incident.settings_services import (
    Key,
    ServicesSection,
    find_service_mistakes,
    to_services,
)
from bot.incident.settings_stakeholders import (
    CHANNELS_MAX,
    AnnounceSection,
    DigestSection,
    channel_id,
    find_mistakes,
    zone_name,
)

ROLES_MAX = 20  # more do not fit on the card
_NO_ROLE = ("me", "myself", "force")  # words of `/incident assign`
LONGEST_AHEAD = timedelta(
    minutes=30
)  # if a file does not say how long ahead to remind: a fifth of the cadence
_HOURS = re.compile(r"\s*(\d\d:\d\d)\s*[-\u2013]\s*(\d\d:\d\d)\s*")  # with a hyphen or a dash


class IncidentSettings(BaseModel):
    """The settings from the environment."""

    incidents_channel: Annotated[str, AfterValidator(channel_id)] = ""


def _quiet_hours(value: Any) -> tuple[time, time]:
    match = _HOURS.fullmatch(value) if isinstance(value, str) else None
    try:
        start, end = (time.fromisoformat(each) for each in match.groups()) if match else (time(), time())
    except ValueError:
        start = end = time()
    if start == end:
        raise ValueError(f"{value!r} are no hours: write two times of day, such as `22:00-07:00`")
    return start, end


def _channel_name(value: str) -> str:
    if mistake := mistake_in(value):
        raise ValueError(mistake)
    return value


class _Level(BaseModel):
    model_config = ConfigDict(extra="forbid")

    impact: Annotated[str, Field(min_length=1, max_length=75)]  # Slack shows 75 characters beside a choice
    cadence: Duration
    cadence_mitigated: Duration | None = None
    remind_ahead: Duration | None = None
    no_commander_broadcast: Duration | None = None
    call: Called = CallList()

    def to_level(self, section: "PolicySection") -> Level:
        """The level of this section, with the defaults for what it leaves out."""
        return Level(
            impact=self.impact,
            cadence=self.cadence,
            cadence_mitigated=self.cadence_mitigated or 2 * self.cadence,
            remind_ahead=self.remind_ahead or min(self.cadence / 5, LONGEST_AHEAD),
            no_commander_broadcast=self.no_commander_broadcast
            or section.commander_within + section.broadcast_after,
            call=self.call,
        )


class _Reactions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: list[Emoji] = ["pushpin"]
    task: list[Emoji] = ["clipboard"]
    action_item: list[Emoji] = ["dart"]

    @model_validator(mode="after")
    def _are_distinct(self) -> "_Reactions":
        wrong = Mistakes()
        does = {"make a note": self.note, "make a task": self.task, "make an action item": self.action_item}
        for (one, ones), (other, others) in combinations(does.items(), 2):
            if both := sorted(set(ones) & set(others)):
                wrong.add(f"{', '.join(both)} cannot both {one} and {other}")
        wrong.raise_any()
        return self


_Short = Annotated[str, Field(min_length=1, max_length=75)]  # what Slack shows of a choice


class _Question(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: _Short
    answers: Annotated[dict[_Short, str], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _points_to_severities(self) -> "_Question":
        names = [severity.label for severity in Severity]
        wrong = Mistakes()
        for answer, severity in self.answers.items():
            if severity not in names:
                wrong.add(f"must point to one of {', '.join(names)}", "answers", answer)
        wrong.raise_any()
        return self

    def to_question(self) -> ImpactQuestion:
        """The question of this section."""
        answers = tuple((answer, Severity[severity]) for answer, severity in self.answers.items())
        return ImpactQuestion(self.question, answers)


class _Role(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=75)]  # Slack shows 75 characters of a choice
    short: tuple[Annotated[str, Field(min_length=1, max_length=75)], ...] = ()
    several: bool = False
    duties: Annotated[str, Field(max_length=2000)] = ""


def _link(value: str) -> str:
    if wrong := LinkPattern(value).problem:
        raise ValueError(f"{value!r} {wrong}, such as `https://incidents.example.com/{PLACE}`")
    return value


class PolicySection(BaseModel):
    """The part of `policy.yml` about incidents."""

    model_config = ConfigDict(extra="forbid")

    severities: dict[str, _Level]
    commander_within: Duration
    escalate_after: Duration
    broadcast_after: Duration
    snooze: Duration
    objection_window: Duration = timedelta(minutes=5)  # 0.3.0 had none
    impact: Annotated[list[_Question], Field(max_length=8)] = []
    quiet_hours: Annotated[tuple[time, time] | None, BeforeValidator(_quiet_hours)] = None
    channel_name: Annotated[str, AfterValidator(_channel_name)] = DEFAULT_TEMPLATE
    postmortem: PostmortemSection = PostmortemSection()
    archive_after: Duration | None = None
    archive_adopted: bool = False
    reactions: _Reactions = _Reactions()
    nudges: Nudges = {}
    time_zone: Annotated[str, AfterValidator(zone_name)] | None = None
    announce: Annotated[list[AnnounceSection], Field(max_length=CHANNELS_MAX)] = []
    digest: DigestSection | None = None
    bridge: Bridge = {}
    bookmarks: Annotated[list[Bookmark], Field(max_length=BOOKMARKS_MAX)] = []
    canvas: bool = True
    load: bool = True
    roles: Annotated[dict[Key, _Role], Field(max_length=ROLES_MAX)] | None = None
    services: ServicesSection = {}
    may: MaySection = MaySection()
    link: Annotated[str, Field(max_length=500), AfterValidator(_link)] | None = None
    drills: DrillsSection = DrillsSection()

    @model_validator(mode="after")
    def _makes_sense(self) -> "PolicySection":
        names = [severity.label for severity in Severity]
        wrong = Mistakes()
        if missing := [name for name in names if name not in self.severities]:
            wrong.add(f"must have {', '.join(missing)} too", "severities")
        for unknown in self.severities.keys() - names:
            wrong.add(f"is no severity: there are {', '.join(names)}", "severities", unknown)
        if self.escalate_after >= self.broadcast_after:
            wrong.add("must be shorter than broadcast_after", "escalate_after")
        if self.objection_window > OBJECTION_WINDOW_MAX:
            wrong.add("must not be longer than 1 day", "objection_window")
        if self.archive_after and self.archive_after < 2 * ASKED_BEFORE:
            wrong.add("must be at least 2 days: people are asked a day before", "archive_after")
        if self.quiet_hours and not self.time_zone:
            wrong.add("needs a time_zone beside it, such as `Europe/Berlin`", "quiet_hours")
        for name, level in self.severities.items():
            meaning = level.to_level(self)
            if meaning.cadence_mitigated < meaning.cadence:
                wrong.add("must not be shorter than its cadence", "severities", name, "cadence_mitigated")
            if meaning.remind_ahead >= meaning.cadence:
                wrong.add("must be shorter than its cadence", "severities", name, "remind_ahead")
            if meaning.no_commander_broadcast <= self.commander_within:
                place = ("severities", name, "no_commander_broadcast")
                wrong.add("must be longer than commander_within", *place)
        for unknown in self.bridge.keys() - names:
            wrong.add(f"is no severity: there are {', '.join(names)}", "bridge", unknown)
        _find_mistakes(self.to_roles(), wrong)
        find_mistakes(self.announce, self.digest, self.time_zone, wrong)
        find_service_mistakes(to_services(self.services), self.announce, wrong)
        self.may.find_mistakes(self.to_roles(), wrong)
        wrong.raise_any()
        return self

    def to_policy(self) -> Policy:
        """The policy of this section, with the defaults for what it leaves out."""
        return Policy(
            levels={Severity[name]: level.to_level(self) for name, level in sorted(self.severities.items())},
            commander_within=self.commander_within,
            escalate_after=self.escalate_after,
            broadcast_after=self.broadcast_after,
            snooze=self.snooze,
            objection_window=self.objection_window,
            questions=tuple(each.to_question() for each in self.impact),
            quiet=QuietHours(*self.quiet_hours, self.time_zone)
            if self.quiet_hours and self.time_zone
            else None,
            note_reactions=tuple(dict.fromkeys(self.reactions.note)),
            task_reactions=tuple(dict.fromkeys(self.reactions.task)),
            action_item_reactions=tuple(dict.fromkeys(self.reactions.action_item)),
            announce=tuple(each.to_channel() for each in self.announce),
            digest=self.digest.to_time(self.time_zone or "") if self.digest else None,
            roles=self.to_roles(),
            time_zone=self.time_zone or "",
            channel_name=self.channel_name,
            postmortem=self.postmortem.to_postmortem(),
            check_postmortem=self.postmortem.check,
            archive_after=self.archive_after,
            archive_adopted=self.archive_adopted,
            nudges=to_nudges(self.nudges),
            may=self.may.to_permissions(self.to_roles()),
            link=LinkPattern(self.link) if self.link else None,
            bridges=bridges(self.bridge),
            bookmarks=tuple(each.to_bookmark() for each in self.bookmarks),
            canvas=self.canvas,
            load=self.load,
            services=to_services(self.services),
            names_by_role=self.postmortem.names == "roles",
            drills=self.drills.to_drills(),
        )

    def to_roles(self) -> Roles:
        """The roles of this section, or the default ones."""
        if self.roles is None:
            return DEFAULT_ROLES
        return Roles(
            tuple(
                RoleDefinition(key, role.title.strip(), role.short, role.several, role.duties.strip())
                for key, role in self.roles.items()
            )
        )


def _find_mistakes(roles: Roles, wrong: Mistakes) -> None:
    """Add roles that are missing, or that people could not name."""
    if Role.COMMANDER not in roles or roles.several(Role.COMMANDER):
        wrong.add(f"must have {Role.COMMANDER}, which only one person at a time can hold", "roles")
    said: dict[str, str] = {}
    for role in roles.all:
        for word in sorted(role.words):
            if word in _NO_ROLE or word[:1] in ("", "@", "<"):
                wrong.add(f"{word!r} cannot name a role", "roles", role.key)
            elif (other := said.setdefault(word, role.key)) != role.key:
                wrong.add(f"{word!r} names {other} already", "roles", role.key)
