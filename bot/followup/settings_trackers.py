"""The part of `policy.yml` about issue trackers."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.core.durations import Duration
from bot.core.mistakes import Mistakes
from bot.followup.domain.tracking import POLL, TrackerPolicy
from bot.followup.domain.vocabulary import Kind, Priority

ALL, BUTTON = "all", "button"
SHORTEST_POLL = timedelta(seconds=15)
_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?/[A-Za-z0-9._-]+")
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]+")
_PERSON = re.compile(r"[UW][A-Z0-9]{2,}")
_LABEL = re.compile(r"\S(?:.*\S)?")
_PRIORITIES = {each.label: each for each in Priority}


def _repository(value: str) -> str:
    if not _REPOSITORY.fullmatch(value):
        raise ValueError(f"{value!r} is no repository: write its owner and name, such as `acme/checkout`")
    return value.lower()  # GitHub does not distinguish upper and lower case


def _project(value: str) -> str:
    if not _PROJECT.fullmatch(value):
        raise ValueError(
            f"{value!r} is no key of a project: write the capitals before its issues' numbers, such as `OPS`"
        )
    return value


def _label(value: str) -> str:
    if not _LABEL.fullmatch(value):
        raise ValueError("must be a word")
    return value


def _jira_label(value: str) -> str:
    if re.search(r"\s", value):
        raise ValueError(f"{value!r} has a space, which Jira's labels cannot have")
    return value


def _person(value: str) -> str:
    if not _PERSON.fullmatch(value):
        raise ValueError(f"{value!r} is no member id: in Slack, open the profile → ⋮ → Copy member ID")
    return value


def _wanted(value: Any) -> list[str]:
    """`all`, `button`, or kinds and priorities."""
    if isinstance(value, str) and value in (ALL, BUTTON):
        return [value]
    known = [*Kind, *_PRIORITIES]
    if not isinstance(value, list) or not value or any(each not in known for each in value):
        raise ValueError(
            f"write `{ALL}`, `{BUTTON}`, or a list of kinds ({', '.join(Kind)}) and priorities ({', '.join(_PRIORITIES)})"
        )
    return [str(each) for each in value]


def _list(value: Any) -> Any:
    """`yes` or `no`: a list of somebody else's has columns that I do not know."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither yes nor no: I make the list myself (docs/trackers.md)")  # noqa: TRY004  # pydantic gathers ValueErrors
    return value


People = dict[Annotated[str, AfterValidator(_person)], Annotated[str, Field(min_length=1, max_length=128)]]
Label = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_label)]


class _GitHub(BaseModel):
    model_config = ConfigDict(extra="forbid")

    repository: Annotated[str, AfterValidator(_repository)]
    labels: Annotated[list[Label], Field(max_length=20)] = []
    people: People = {}


class _Jira(BaseModel):
    model_config = ConfigDict(extra="forbid")

    project: Annotated[str, AfterValidator(_project)]
    issue_type: Annotated[str, Field(min_length=1, max_length=60)] = "Task"
    labels: Annotated[list[Annotated[Label, AfterValidator(_jira_label)]], Field(max_length=20)] = []
    people: People = {}


class TrackersSection(BaseModel):
    """The part of `policy.yml` about issue trackers."""

    model_config = ConfigDict(extra="forbid")

    github: _GitHub | None = None
    jira: _Jira | None = None
    send: Annotated[list[str], BeforeValidator(_wanted)] = [BUTTON]
    private: bool = False
    poll: Duration = POLL
    slack_list: Annotated[bool, BeforeValidator(_list)] = False

    @model_validator(mode="after")
    def _fits(self) -> "TrackersSection":
        wrong = Mistakes()
        if self.github and self.jira:
            wrong.add("leave it out, or github: an action item has one issue", "jira")
        if self.poll < SHORTEST_POLL:
            wrong.add("must be at least 15 seconds", "poll")
        if not self.github and not self.jira and self.model_fields_set - {"slack_list"}:
            wrong.add("names no tracker: add `github` or `jira`")
        wrong.raise_any()
        return self

    def to_policy(self) -> TrackerPolicy:
        """The policy of this section; without a tracker there are no issues."""
        there = self.github or self.jira
        if there is None:
            return TrackerPolicy(slack_list=self.slack_list)
        kinds = frozenset(Kind(each) for each in self.send if each in set(Kind))
        return TrackerPolicy(
            tracker="github" if self.github else "jira",
            place=self.github.repository if self.github else self.jira.project if self.jira else "",
            issue_type=self.jira.issue_type if self.jira else "",
            labels=tuple(dict.fromkeys(there.labels)),
            sends_all=self.send == [ALL],
            kinds=kinds,
            priorities=frozenset(_PRIORITIES[each] for each in self.send if each in _PRIORITIES),
            private=self.private,
            people=dict(there.people),
            poll=self.poll,
            slack_list=self.slack_list,
        )
