"""The settings of incidents: the channel where they are announced, and their part of `policy.yml`."""

import re
from datetime import time, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.core.durations import Duration
from bot.incident.domain.archiving import ASKED_BEFORE
from bot.incident.domain.channel_template import DEFAULT_TEMPLATE, mistake_in
from bot.incident.domain.policy import ImpactQuestion, Level, Policy
from bot.incident.domain.quiet_hours import QuietHours
from bot.incident.domain.roles import DEFAULT_ROLES, RoleDefinition, Roles
from bot.incident.domain.rules import OBJECTION_WINDOW_MAX
from bot.incident.domain.vocabulary import Role, Severity

ROLES_MAX = 20  # more do not fit on the card
_NO_ROLE = ("me", "myself", "force")  # words of `/incident assign`
LONGEST_AHEAD = timedelta(
    minutes=30
)  # if a file does not say how long ahead to remind: a fifth of the cadence
_HOURS = re.compile(r"\s*(\d\d:\d\d)\s*[-\u2013]\s*(\d\d:\d\d)\s*")  # with a hyphen or a dash

_EMOJI = re.compile(r"[a-z0-9_+'\-]{1,100}")


def _channel(value: str) -> str:
    if value and not (value[0] in "CG" and value.isalnum() and value.isupper()):
        raise ValueError(
            f"{value!r} is no channel id. In Slack, open the channel's details: the id (C…) stands at the bottom"
        )
    return value


class IncidentSettings(BaseModel):
    """The settings from the environment."""

    incidents_channel: Annotated[str, AfterValidator(_channel)] = ""


def _quiet_hours(value: Any) -> tuple[time, time]:
    match = _HOURS.fullmatch(value) if isinstance(value, str) else None
    try:
        start, end = (time.fromisoformat(each) for each in match.groups()) if match else (time(), time())
    except ValueError:
        start = end = time()
    if start == end:
        raise ValueError(f"{value!r} are no hours: write two times of day, such as `22:00-07:00`")
    return start, end


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no time zone: write a name such as `Europe/Berlin`") from error
    return value


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

    def to_level(self, section: "PolicySection") -> Level:
        """The level of this section, with the defaults for what it leaves out."""
        return Level(
            impact=self.impact,
            cadence=self.cadence,
            cadence_mitigated=self.cadence_mitigated or 2 * self.cadence,
            remind_ahead=self.remind_ahead or min(self.cadence / 5, LONGEST_AHEAD),
            no_commander_broadcast=self.no_commander_broadcast
            or section.commander_within + section.broadcast_after,
        )


def _emoji(value: str) -> str:
    name = value.strip().strip(":").lower()
    if not _EMOJI.fullmatch(name):
        raise ValueError(
            f"{value!r} is no emoji: write its name in Slack, such as pushpin, without a skin tone"
        )
    return name


class _Reactions(BaseModel):
    model_config = ConfigDict(extra="forbid")

    note: list[Annotated[str, AfterValidator(_emoji)]] = ["pushpin"]


_Short = Annotated[str, Field(min_length=1, max_length=75)]  # what Slack shows of a choice


class _Question(BaseModel):
    model_config = ConfigDict(extra="forbid")

    question: _Short
    answers: Annotated[dict[_Short, str], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _points_to_severities(self) -> "_Question":
        names = [severity.label for severity in Severity]
        if unknown := [answer for answer, severity in self.answers.items() if severity not in names]:
            raise ValueError(f"the answers {', '.join(unknown)} must each point to one of {', '.join(names)}")
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


_Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=30)]


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
    time_zone: Annotated[str, AfterValidator(_time_zone)] | None = None
    channel_name: Annotated[str, AfterValidator(_channel_name)] = DEFAULT_TEMPLATE
    postmortem_for: list[Literal["SEV1", "SEV2", "SEV3", "SEV4"]] = ["SEV1", "SEV2"]
    archive_after: Duration | None = None
    archive_adopted: bool = False
    reactions: _Reactions = _Reactions()
    roles: Annotated[dict[_Key, _Role], Field(max_length=ROLES_MAX)] | None = None

    @model_validator(mode="after")
    def _makes_sense(self) -> "PolicySection":
        names = {severity.label for severity in Severity}
        wrong: list[str] = []
        if set(self.severities) != names:
            wrong.append(f"severities must be exactly {', '.join(sorted(names))}")
        if self.escalate_after >= self.broadcast_after:
            wrong.append("escalate_after must be shorter than broadcast_after")
        if self.objection_window > OBJECTION_WINDOW_MAX:
            wrong.append("objection_window must not be longer than 1 day")
        if self.archive_after and self.archive_after < 2 * ASKED_BEFORE:
            wrong.append("archive_after must be at least 2 days: people are asked a day before")
        if self.quiet_hours and not self.time_zone:
            wrong.append("quiet_hours need a time_zone, such as `Europe/Berlin`")
        for name, level in self.severities.items():
            meaning = level.to_level(self)
            if meaning.cadence_mitigated < meaning.cadence:
                wrong.append(f"severities.{name}.cadence_mitigated must not be shorter than its cadence")
            if meaning.remind_ahead >= meaning.cadence:
                wrong.append(f"severities.{name}.remind_ahead must be shorter than its cadence")
            if meaning.no_commander_broadcast <= self.commander_within:
                wrong.append(f"severities.{name}.no_commander_broadcast must be longer than commander_within")
        wrong += _mistakes_in(self.to_roles())
        if wrong:
            raise ValueError("\n  ".join(wrong))
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
            roles=self.to_roles(),
            time_zone=self.time_zone or "",
            channel_name=self.channel_name,
            postmortem_for=tuple(Severity[name] for name in self.postmortem_for),
            archive_after=self.archive_after,
            archive_adopted=self.archive_adopted,
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


def _mistakes_in(roles: Roles) -> list[str]:
    """Roles that are missing, or that people could not name."""
    wrong: list[str] = []
    if Role.COMMANDER not in roles or roles.several(Role.COMMANDER):
        wrong.append(f"roles must have {Role.COMMANDER}, which only one person at a time can hold")
    said: dict[str, str] = {}
    for role in roles.all:
        for word in sorted(role.words):
            if word in _NO_ROLE or word[:1] in ("", "@", "<"):
                wrong.append(f"roles.{role.key}: {word!r} cannot name a role")
            elif (other := said.setdefault(word, role.key)) != role.key:
                wrong.append(f"roles.{role.key}: {word!r} names {other} already")
    return wrong
