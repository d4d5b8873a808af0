"""The settings of incidents: the channel where they are announced, and their part of `policy.yml`."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.core.durations import Duration
from bot.incident.domain.policy import Level, Policy
from bot.incident.domain.roles import DEFAULT_ROLES, RoleDefinition, Roles
from bot.incident.domain.rules import OBJECTION_WINDOW_MAX
from bot.incident.domain.vocabulary import Role, Severity

ROLES_MAX = 20  # more do not fit on the card
_NO_ROLE = ("me", "myself", "force")  # words of `/incident assign`
LONGEST_AHEAD = timedelta(
    minutes=30
)  # if a file does not say how long ahead to remind: a fifth of the cadence


def _channel(value: str) -> str:
    if value and not (value[0] in "CG" and value.isalnum() and value.isupper()):
        raise ValueError(
            f"{value!r} is no channel id. In Slack, open the channel's details: the id (C…) stands at the bottom"
        )
    return value


class IncidentSettings(BaseModel):
    """The settings from the environment."""

    incidents_channel: Annotated[str, AfterValidator(_channel)] = ""


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
            roles=self.to_roles(),
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
