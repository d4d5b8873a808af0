"""The pack: what a review board looks at. It is kept as it was posted, so new fields need a default.

People are in it by their ids: whoever shows it looks up their names.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.followup.domain.vocabulary import Decided, State
from bot.incident.domain.vocabulary import Severity, Status, reference


@dataclass(frozen=True, slots=True, kw_only=True)
class PackIncident:
    """An incident. All times are in UTC."""

    number: int
    title: str
    severity: Severity
    status: Status
    declared_at: datetime
    ended_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether it was over when the pack was made."""
        return self.status.is_closed

    @property
    def reference(self) -> str:
        """Its name for people."""
        return reference(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPostmortem:
    """An incident whose postmortem is owed and not published.

    Attributes:
        due_at: by when (UTC).
        writer: the id of the person who writes it; empty if nobody does.
        stage: how far it is.
    """

    number: int
    title: str
    severity: Severity
    due_at: datetime
    writer: str
    stage: str


class RecurringKind(StrEnum):
    """What returns."""

    SERVICE = "service"
    FACTOR = "contributing factor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """Something that was in an incident of the span, and in others of the weeks before.

    Attributes:
        service: the title of the service; empty if it is a factor.
        factor: the words of the factor as they were written last; empty if it is a service.
        in_span: in how many incidents of the span.
        incidents: the numbers of all of them, the latest first.
    """

    kind: RecurringKind
    service: str = ""
    factor: str = ""
    in_span: int
    incidents: tuple[int, ...]

    @property
    def name(self) -> str:
        """What returns, in words."""
        return self.service or self.factor


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """An action item, as it was when the pack was made.

    Attributes:
        owner: the id of its owner.
        outcome: the proof that it is done, or why it is not done.
        moved: how often its day was changed.
        board: at which board it was decided; empty if at none.
        asked: who was asked to verify it; empty if nobody.
        is_verified: what they found; None if they have not answered.
        note: in which words.
    """

    number: int
    title: str
    incident: int
    owner: str
    due_on: date
    state: State
    outcome: str = ""
    ended_at: datetime | None = None
    moved: int = 0
    board: str = ""
    decided: Decided | None = None
    asked: str = ""
    is_verified: bool | None = None
    note: str = ""

    @property
    def reference(self) -> str:
        """Its name for people."""
        return f"ACT-{self.number}"

    def is_overdue(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.state is State.OPEN and self.due_on < today

    @property
    def can_be_verified(self) -> bool:
        """Whether somebody can be asked whether it has its effect."""
        return self.state is State.DONE and (not self.asked or self.is_verified is False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackNearMiss:
    """A near miss.

    Attributes:
        reference: its name for people.
        title: what happened, as it was reported.
        waits: whether nobody has answered it.
        late: whether it waits after its day.
        answer: what is done about it; empty if nobody has answered.
        promoted_to: the name of the incident that it became; empty if it became none.
        similar: the names of earlier ones with similar words.
    """

    reference: str
    title: str
    reported_at: datetime
    waits: bool
    late: bool
    answer: str = ""
    promoted_to: str = ""
    similar: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How many there were that do not count as incidents."""

    drills: int = 0
    near_misses: int = 0
    cancelled: int = 0
    merged: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """How many promised updates came in time, came late, or did not come."""

    kept: int = 0
    late: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        """How many were promised."""
        return self.kept + self.late + self.missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """How evenly work is spread, without any person: 0 evenly, 1 all on one; None where nobody did any.

    Attributes:
        people: how many people did something.
        commanded: of command.
        nights: of nights in which somebody did something.
    """

    people: int
    commanded: float | None
    nights: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a board looks at. Private incidents are in it as a number only.

    Attributes:
        words: what the span is called: `2026-W48`, `30d`.
        week: the same if it is a whole week that is over; otherwise empty.
        start: where the span begins (UTC).
        end: before when it ends (UTC).
        zone: the time zone of its days; empty for UTC.
        made_at: when it was made (UTC).
        today: the day on which it was made, in that zone.
        version: a digest of the facts that it was made from: the same facts have the same one.
        weeks: over how many weeks that which returns is counted.
        private: how many private incidents were declared.
        owed: the postmortems that are owed, the longest overdue first.
        overdue: the action items that are overdue, the longest first.
        done: those that were completed in the span.
        private_items: how many of these two are of private incidents, and not shown.
        near_misses: those that were reported in the span, and older ones that wait for an answer.
        evenness: None if the policy wants no figures of load, or too few people worked for one.
        last_board: what the span of the board before is called; empty if there was none.
        decided: what boards have decided, as far as it is open, has ended lately, or was decided by the last one.
        recent: further incidents for the form that records a decision: number and title, the latest first.
        removed_on: when the retention removed titles, people and what else was typed; None if it did not.
    """

    words: str
    week: str
    start: datetime
    end: datetime
    zone: str
    made_at: datetime
    today: date
    version: str
    weeks: int
    incidents: tuple[PackIncident, ...] = ()
    private: int = 0
    apart: Apart = Apart()
    owed: tuple[OwedPostmortem, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    overdue: tuple[PackItem, ...] = ()
    done: tuple[PackItem, ...] = ()
    private_items: int = 0
    promises: Promises = Promises()
    near_misses: tuple[PackNearMiss, ...] = ()
    evenness: Evenness | None = None
    last_board: str = ""
    decided: tuple[PackItem, ...] = ()
    recent: tuple[tuple[int, str], ...] = ()
    removed_on: date | None = None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has happened and nothing is left to do."""
        shown = (self.incidents, self.owed, self.overdue, self.done, self.near_misses, self.decided)
        return not any(shown) and not self.private and self.apart == Apart()

    @property
    def is_first_and_empty(self) -> bool:
        """Whether there was never anything to look at: the bot is new here, and nobody waits for its pack."""
        return self.is_quiet and not self.recent and not self.last_board

    @property
    def people(self) -> set[str]:
        """The ids of all people in it."""
        items = [*self.overdue, *self.done, *self.decided]
        found = {each.owner for each in items} | {each.asked for each in items}
        return (found | {each.writer for each in self.owed}) - {""}

    @property
    def topics(self) -> dict[int, str]:
        """The titles of the incidents from which a decision can come, by their numbers, the span's first."""
        named = [(each.number, each.title) for each in reversed(self.incidents)]
        named += [(each.number, each.title) for each in self.owed]
        found: dict[int, str] = {}
        for number, title in (*named, *self.recent):
            found.setdefault(number, title)
        return found
