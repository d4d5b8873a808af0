"""What we can ask of an issue tracker, and what we hear from it. It is data, the same for every tracker."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from bot.ports.port import Dead, Retry
from bot.ports.trackers.documents import Document
from bot.ports.trackers.port import TRACKER


class IssueState(StrEnum):
    """What has become of an issue."""

    OPEN = "open"
    DONE = "done"
    NOT_DOING = "not doing"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self is IssueState.OPEN


@dataclass(frozen=True, slots=True)
class Where:
    """A place for issues.

    Attributes:
        tracker: the key of the tracker: `github` or `jira`.
        place: the repository (`acme/checkout`), or the key of the project (`OPS`).
    """

    tracker: str
    place: str


class _OfTracker:
    """The base of all calls, which names their outside world."""

    __slots__ = ()

    port: ClassVar[str] = TRACKER.key


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateIssue(_OfTracker):
    """Create an issue. The receipt has its number or key as `issue`, its `url`, and when it was changed last as `at`.

    Attributes:
        key: the idempotency key, which the issue carries so that it can be found again.
        title: one line of plain text.
        assignee: the login or account of the person who does it; empty if it is not known.
        issue_type: Jira's name of the kind of issue.
        since: the time (UTC) before which no issue can come from an earlier try.
        now: the time of this try (UTC).
        is_wanted: whether it is still to be created: if not, it is only looked for after a try in doubt, and the receipt
            is empty if it is not there.
    """

    where: Where
    key: str
    title: str
    body: Document
    labels: Sequence[str]
    assignee: str
    due_on: date
    issue_type: str
    since: datetime
    now: datetime
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class SetIssueState(_OfTracker):
    """Close an issue or open it again; nothing happens if it is so already. The receipt has its `state`, and `at`."""

    where: Where
    issue: str
    state: IssueState


@dataclass(frozen=True, slots=True)
class CommentOnIssue(_OfTracker):
    """Write a comment, which carries the idempotency key so that it is written once."""

    where: Where
    issue: str
    key: str
    text: Document


@dataclass(frozen=True, slots=True)
class SetDueDate(_OfTracker):
    """Set the day by which it is to be done; a tracker without such a field gets the text as a comment."""

    where: Where
    issue: str
    key: str
    due_on: date
    text: Document


Call = CreateIssue | SetIssueState | CommentOnIssue | SetDueDate


@dataclass(frozen=True, slots=True)
class Heard:
    """How an issue is now, as the tracker says.

    Attributes:
        issue: its number or key.
        at: when it was changed last, by the tracker's clock (UTC): what is older than something known is ignored.
        digest: tells apart what happened in the same second.
    """

    where: Where
    issue: str
    url: str
    state: IssueState
    at: datetime
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since the last look.

    Attributes:
        heard: the changed issues, the earliest first.
        since: from when on the next look asks (UTC).
        etag: the tag of this answer, if the next look asks for the same; empty if there is none.
        more: whether there is more now.
    """

    heard: Sequence[Heard]
    since: datetime
    etag: str = ""
    more: bool = False


# Asks a tracker what has changed: the place, since when (UTC), the tag of the last answer, and the time now (UTC).
FetchChanges = Callable[[Where, datetime, str, datetime], Awaitable[Changes | Retry | Dead]]
Follow = Callable[[Heard], Awaitable[None]]
