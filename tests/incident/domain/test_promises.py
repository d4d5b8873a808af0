"""The ledger of updates: which were in time, late or missed, by the same rules as the reminders."""

from datetime import timedelta

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.promises import Ledger, UpdatePromise, ledger
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity, Status
from tests.incident.domain.situations import ALICE, BOB, NOW, decided, later, minutes


class History:
    """An incident of SEV1, whose updates are due every 15 minutes, and its timeline."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.entries: list[Entry] = []
        self.incident: Incident | None = None
        self._record(
            rules.declare(number=42, title="Checkout is failing", severity=Severity.SEV1, by=ALICE, now=NOW)
        )

    @property
    def state(self) -> Incident:
        assert self.incident is not None
        return self.incident

    def update(self, at: float) -> None:
        self._record(rules.post_update(self.state, "Half fail", by=BOB, now=later(at)))

    def snooze(self, at: float) -> None:
        self._record(rules.snooze(self.state, minutes(10), by=BOB, now=later(at), reason="rolling back"))

    def severity(self, new: Severity, at: float) -> None:
        self._record(rules.change_severity(self.state, new, by=BOB, now=later(at)))

    def status(self, new: Status, at: float) -> None:
        self._record(rules.change_status(self.state, new, by=BOB, now=later(at)))

    def resolve(self, at: float) -> None:
        self._record(rules.resolve(self.state, by=BOB, now=later(at)))

    def reopen(self, at: float) -> None:
        self._record(rules.reopen(self.state, "errors are back", by=BOB, now=later(at)))

    def note(self, at: float) -> None:
        self._record(rules.note(self.state, "Errors began", by=BOB, now=later(at), at=later(at - 60)))

    def ledger(self, at: float) -> Ledger:
        return ledger(list(reversed(self.entries)), self.policy, later(at))

    def _record(self, decision: Decision) -> None:
        for fact in decided(decision):
            self.incident = evolve(self.incident, fact)
            self.entries.append(Entry(len(self.entries) + 1, fact))


@pytest.fixture
def history(policy: Policy) -> History:
    return History(policy)


def test_without_a_timeline_nothing_was_promised(policy: Policy) -> None:
    assert ledger([], policy, NOW) == Ledger([], None)


def test_an_update_in_time_keeps_the_promise(history: History) -> None:
    history.update(15)
    (promise,) = history.ledger(20).promises
    assert promise == UpdatePromise(later(15), later(15))
    assert (promise.is_kept, promise.late_by) == (True, timedelta(0))


def test_a_late_update_says_by_how_much(history: History) -> None:
    history.update(22)
    (promise,) = history.ledger(23).broken
    assert (promise.is_kept, promise.late_by) == (False, minutes(7))


def test_an_update_that_never_came_is_missed(history: History) -> None:
    assert history.ledger(15).promises == []
    (promise,) = history.ledger(16).promises
    assert promise == UpdatePromise(later(15), None)
    assert (promise.is_kept, promise.late_by) == (False, None)


def test_the_end_of_the_incident_is_no_update(history: History) -> None:
    history.update(10)
    history.resolve(30)
    assert history.ledger(300).promises == [
        UpdatePromise(later(15), later(10)),
        UpdatePromise(later(25), None),
    ]


def test_nothing_is_owed_if_the_incident_ends_before_the_update_is_due(history: History) -> None:
    history.resolve(14)
    history.note(20)
    assert history.ledger(300) == Ledger([], minutes(14))


def test_a_reopened_incident_promises_anew(history: History) -> None:
    history.resolve(5)
    history.reopen(100)
    history.update(110)
    assert history.ledger(111) == Ledger([UpdatePromise(later(115), later(110))], minutes(10))


def test_a_snooze_moves_the_due_time(history: History) -> None:
    history.snooze(14)
    history.update(23)
    assert history.ledger(23).promises == [UpdatePromise(later(24), later(23))]


def test_a_change_of_severity_begins_a_new_promise(history: History) -> None:
    history.severity(Severity.SEV2, 10)
    history.update(39)
    assert history.ledger(39).promises == [UpdatePromise(later(40), later(39))]


def test_an_update_that_was_overdue_when_the_severity_changed_is_missed(history: History) -> None:
    history.severity(Severity.SEV2, 20)
    history.update(39)
    assert history.ledger(39).promises == [
        UpdatePromise(later(15), None),
        UpdatePromise(later(50), later(39)),
    ]


def test_after_mitigation_the_longer_cadence_counts(history: History) -> None:
    history.status(Status.MITIGATED, 10)
    history.update(29)
    assert history.ledger(29).promises == [UpdatePromise(later(30), later(29))]


def test_an_update_that_changes_the_severity_in_the_same_act_answers_the_promise_before(
    history: History,
) -> None:
    history.severity(Severity.SEV3, 20)
    history.update(20)
    assert history.ledger(21).promises == [UpdatePromise(later(15), later(20))]


def test_a_resolution_with_an_update_in_the_same_act_answers_the_promise(history: History) -> None:
    history._record(
        (
            facts.StatusChanged(at=later(16), by=BOB, old=Status.TRIAGE, new=Status.RESOLVED),
            facts.UpdatePosted(at=later(16), by=BOB, conditions="All payments work"),
        )
    )
    assert history.ledger(200) == Ledger([UpdatePromise(later(15), later(16))], minutes(16))


def test_the_longest_gap_is_between_updates_or_from_the_declaration_or_until_now(history: History) -> None:
    history.update(10)
    history.update(52)
    assert history.ledger(53).longest_gap == minutes(42)
    assert history.ledger(100).longest_gap == minutes(48)
    assert history.ledger(53).kept == 1
