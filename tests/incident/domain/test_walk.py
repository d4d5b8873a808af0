"""Any people, any commands, in any order, at any time: what must be true after every step."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot import policy_file
from bot.core.decision import Refused
from bot.core.tokens import in_words
from bot.incident.domain import facts, rules
from bot.incident.domain.audiences import Audience
from bot.incident.domain.cadence import EscalationStep, Promise, cadence, due, next_look, promised_at
from bot.incident.domain.corrections import (
    REMOVED,
    find,
    redactions,
    shown,
    struck,
)
from bot.incident.domain.decisions import DecisionState, next_deadline
from bot.incident.domain.effects import Announce, Broadcast, Effect
from bot.incident.domain.incident import Incident, evolve, fold
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.nudges import nudges_and_next_look
from bot.incident.domain.policy import Policy
from bot.incident.domain.promise_tally import PromiseState, steps_of
from bot.incident.domain.promises import ledger
from bot.incident.domain.quiet_hours import QuietHours, after_quiet
from bot.incident.domain.react import react
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX, Both, Decision
from bot.incident.domain.tasks import of_person
from bot.incident.domain.timeline import Entry, in_order
from bot.incident.domain.vocabulary import Milestone, Role, RoleEndReason, Severity, Status
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, resolved

POLICY = policy_file.load()

# Reproducible: the same steps on every machine and in every run.
WALKS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=200,
    stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow],
)

entry_numbers = st.integers(min_value=1, max_value=20)
people = st.sampled_from([ALICE, BOB, CAROL])
texts = st.sampled_from(["", "  ", "Half of all payments fail", "<!channel> &", "x" * (TEXT_MAX + 1)])
numbers = st.integers(0, 4)
links = st.sampled_from(["", "https://example.com/p1"])
passing = st.integers(min_value=0, max_value=3 * 24 * 60).map(lambda count: timedelta(minutes=count))
back = st.integers(min_value=-10, max_value=45 * 24 * 60).map(lambda count: timedelta(minutes=count))

reports = st.builds(
    rules.Report,
    conditions=texts,
    severity=st.none() | st.sampled_from(Severity),
    status=st.none() | st.sampled_from(Status),
    audiences=st.sets(st.sampled_from(Audience)).map(lambda chosen: tuple(sorted(chosen))),
)

A_SENTENCE_ENDS = re.compile(r"[.?`]$")
INTERNALS = re.compile(
    r"\b(None|True|False|Role|Status|Severity|StatusChanged|datetime|incident_id)\b|_|<bot"
)


def states(incident: Incident) -> list[DecisionState]:
    return [each.state for each in incident.decisions]


OTHERS = [
    declared(number=9),
    resolved(declared(number=10)),
    declared(number=11, private=True),
    declared(number=7),
]


def _here(both: Both) -> Decision:
    """What happens to the first of two incidents."""
    return both if isinstance(both, Refused) else both[0]


class Walk(RuleBasedStateMachine):
    """One incident and everything that was ever recorded about it."""

    now: datetime = NOW
    policy: Policy = POLICY
    incident: Incident
    timeline: list[Entry]
    effects: list[Effect]

    @initialize(private=st.booleans(), commander=st.none() | people, severity=st.sampled_from(Severity))
    def declare(self, private: bool, commander: str | None, severity: Severity) -> None:  # noqa: FBT001  # hypothesis gives it by name
        decision = rules.declare(
            number=7,
            title="Checkout is failing",
            severity=severity,
            private=private,
            commander=commander,
            by=ALICE,
            now=NOW,
        )
        assert not isinstance(decision, Refused)
        first, *more = decision
        self.incident = fold([first])
        self.timeline = [Entry(1, first)]
        self.effects = list(react(self.timeline[0], self.incident))
        self._record(more)

    @rule(
        by=people,
        title=st.sampled_from(["", " ", "Checkout", "x" * (TITLE_MAX + 1)]),
        summary=texts,
        private=st.booleans(),
    )
    def another_declaration_is_refused_with_a_reason_or_declared_once(
        self,
        by: str,
        title: str,
        summary: str,
        private: bool,  # noqa: FBT001  # hypothesis gives it by name
    ) -> None:
        decision = rules.declare(
            number=8,
            title=title,
            summary=summary,
            severity=Severity.SEV4,
            private=private,
            by=by,
            now=self.now,
        )
        if isinstance(decision, Refused):
            self._gives_a_readable_reason(decision)
        else:
            assert fold(decision).version == 1

    @rule(by=people)
    def take_command(self, by: str) -> None:
        self._do(lambda incident: rules.take_command(incident, by=by, now=self.now))

    @rule(by=people, role=st.sampled_from(DEFAULT_ROLES.keys), person=people, force=st.booleans())
    def assign(self, by: str, role: str, person: str, force: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        self._do(lambda incident: rules.assign(incident, role, person, by=by, now=self.now, force=force))

    @rule(by=people, person=people, role=st.none() | st.sampled_from(DEFAULT_ROLES.keys))
    def unassign(self, by: str, person: str, role: str | None) -> None:
        self._do(lambda incident: rules.unassign(incident, person, role, by=by, now=self.now))

    @rule(by=people)
    def leave(self, by: str) -> None:
        self._do(lambda incident: rules.leave(incident, by=by, now=self.now))

    @rule(by=people, role=st.sampled_from(DEFAULT_ROLES.keys))
    def decline_role(self, by: str, role: str) -> None:
        self._do(lambda incident: rules.decline_role(incident, role, by=by, now=self.now))

    @rule(person=people, why=st.sampled_from([RoleEndReason.LEFT, RoleEndReason.DEACTIVATED]))
    def a_person_leaves(self, person: str, why: RoleEndReason) -> None:
        self._do(lambda incident: rules.end_roles_and_tasks(incident, person, why, now=self.now))
        assert not of_person(self.incident.tasks, person) or self.incident.is_closed

    @rule(by=people, text=texts, assignee=st.none() | people, ahead=st.none() | back, link=links)
    def add_a_task(
        self, by: str, text: str, assignee: str | None, ahead: timedelta | None, link: str
    ) -> None:
        due_at = None if ahead is None else self.now + ahead
        self._do(
            lambda incident: rules.add_task(
                incident, text, by=by, now=self.now, assignee=assignee, due_at=due_at, link=link
            )
        )

    @rule(by=people, number=numbers, assignee=st.none() | people)
    def give_a_task(self, by: str, number: int, assignee: str | None) -> None:
        self._do(lambda incident: rules.assign_task(incident, number, assignee, by=by, now=self.now))

    @rule(
        by=people,
        number=numbers,
        change=st.sampled_from([rules.take_task, rules.finish_task, rules.drop_task, rules.reopen_task]),
    )
    def change_a_task(self, by: str, number: int, change: Callable[..., Decision]) -> None:
        ends_it = change in (rules.finish_task, rules.drop_task)  # also after the end
        self._do(lambda incident: change(incident, number, by=by, now=self.now), when_closed=ends_it)

    @rule(by=people, to=people)
    def offer_command(self, by: str, to: str) -> None:
        self._do(lambda incident: rules.offer_handoff(incident, to, by=by, now=self.now))

    @rule(by=people, accept=st.booleans())
    def answer_the_offer(self, by: str, accept: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        self._do(lambda incident: rules.answer_handoff(incident, accept=accept, by=by, now=self.now))

    @rule(by=people)
    def ask_takeover(self, by: str) -> None:
        self._do(lambda incident: rules.ask_takeover(incident, by=by, now=self.now))

    @rule(by=people, asker=people, accept=st.booleans())
    def answer_takeover(self, by: str, asker: str, accept: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        self._do(lambda incident: rules.answer_takeover(incident, asker, accept=accept, by=by, now=self.now))

    @rule(by=people, severity=st.sampled_from(Severity), reason=texts)
    def change_severity(self, by: str, severity: Severity, reason: str) -> None:
        self._do(
            lambda incident: rules.change_severity(incident, severity, by=by, now=self.now, reason=reason)
        )

    @rule(by=people, status=st.sampled_from(Status))
    def change_status(self, by: str, status: Status) -> None:
        reviewing = self.incident.status is Status.RESOLVED and status is Status.REVIEWED
        self._do(
            lambda incident: rules.change_status(incident, status, by=by, now=self.now),
            when_closed=reviewing,
        )

    @rule(by=people, conditions=texts, actions=texts, needs=texts)
    def post_update(self, by: str, conditions: str, actions: str, needs: str) -> None:
        self._do(
            lambda incident: rules.post_update(
                incident, conditions, actions=actions, needs=needs, by=by, now=self.now
            )
        )

    @rule(by=people)
    def post_no_change(self, by: str) -> None:
        self._do(lambda incident: rules.no_change(incident, by=by, now=self.now))

    @rule(by=people, report=reports, within=st.none() | st.sampled_from([5, 15, 60, 24 * 60]))
    def post_report(self, by: str, report: rules.Report, within: int | None) -> None:
        next_by = None if within is None else self.now + timedelta(minutes=within)
        promising = replace(report, next_by=next_by)
        self._do(lambda incident: rules.post_report(incident, promising, self.policy, by=by, now=self.now))

    @rule(by=people, reason=texts)
    def snooze(self, by: str, reason: str) -> None:
        self._do(
            lambda incident: rules.snooze(incident, self.policy.snooze, by=by, now=self.now, reason=reason)
        )

    @rule(by=people, text=texts, ago=st.none() | back, author=st.none() | people, marked=st.booleans())
    def note(self, by: str, text: str, ago: timedelta | None, author: str | None, marked: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        at = None if ago is None else self.now - ago
        self._do(
            lambda incident: rules.note(
                incident, text, by=by, now=self.now, at=at, author=author, from_message=marked
            ),
            when_closed=True,
        )

    @rule(by=people, number=entry_numbers, text=texts, ago=st.none() | back)
    def correct(self, by: str, number: int, text: str, ago: timedelta | None) -> None:
        at = None if ago is None else self.now - ago
        self._about(number, partial(rules.correct, by=by, now=self.now, text=text, at=at))

    @rule(by=people, number=entry_numbers, why=texts, secret=st.booleans())
    def strike(self, by: str, number: int, why: str, secret: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        before = len(self.timeline)
        self._about(number, partial(rules.strike, by=by, now=self.now, why=why, secret=secret))
        if secret and len(self.timeline) > before:
            theirs = {each.seq: each for each in redactions(self.timeline[:before], number)}
            self.timeline = [theirs.get(each.seq, each) for each in self.timeline]
            self.incident = fold(entry.fact for entry in self.timeline)

    @rule(by=people, number=entry_numbers)
    def restore(self, by: str, number: int) -> None:
        self._about(number, partial(rules.restore, by=by, now=self.now))

    @rule(by=people, summary=texts, started=st.none() | back, detected=st.none() | back)
    def resolve(self, by: str, summary: str, started: timedelta | None, detected: timedelta | None) -> None:
        self._do(
            lambda incident: rules.resolve(
                incident,
                by=by,
                now=self.now,
                summary=summary,
                started=None if started is None else self.now - started,
                detected=None if detected is None else self.now - detected,
            )
        )

    @rule(by=people, reason=texts)
    def reopen(self, by: str, reason: str) -> None:
        self._do(lambda incident: rules.reopen(incident, reason, by=by, now=self.now), when_closed=True)

    @rule(by=people, text=texts, author=st.none() | people)
    def park(self, by: str, text: str, author: str | None) -> None:
        self._do(
            lambda incident: rules.park(incident, text, by=by, now=self.now, author=author), when_closed=True
        )

    @rule(by=people, number=numbers, back_again=st.booleans())
    def take_out_or_put_back(self, by: str, number: int, back_again: bool) -> None:  # noqa: FBT001  # hypothesis gives it by name
        decide = rules.repark if back_again else rules.unpark
        self._do(lambda incident: decide(incident, number, by=by, now=self.now), when_closed=True)

    @rule(
        by=people,
        text=texts,
        risk=texts,
        within=st.integers(-1, 2 * 24 * 60).map(lambda count: timedelta(minutes=count)),
        instead_of=st.none() | numbers,
    )
    def decide(self, by: str, text: str, risk: str, within: timedelta, instead_of: int | None) -> None:
        self._do(
            lambda incident: rules.decide(
                incident, text, risk=risk, by=by, now=self.now, within=within, instead_of=instead_of
            )
        )

    @rule(by=people, number=numbers, reason=texts)
    def object_to_a_decision(self, by: str, number: int, reason: str) -> None:
        stood = states(self.incident)
        self._do(lambda incident: rules.object_to_decision(incident, number, reason, by=by, now=self.now))
        changed = [was for was, now in zip(stood, states(self.incident), strict=True) if was is not now]
        assert changed in ([], [DecisionState.PENDING])

    @rule(by=people, number=numbers)
    def withdraw_a_decision(self, by: str, number: int) -> None:
        self._do(lambda incident: rules.withdraw_decision(incident, number, by=by, now=self.now))

    @rule()
    def the_clock_lets_decisions_stand(self) -> None:
        pending = states(self.incident).count(DecisionState.PENDING)
        self._do(lambda incident: rules.let_decisions_stand(incident, self.now), when_closed=True)
        deadline = next_deadline(self.incident.decisions)
        assert deadline is None or deadline > self.now, "the clock would ask again and again"
        assert states(self.incident).count(DecisionState.PENDING) <= pending

    @rule(by=people, kind=st.sampled_from(NudgeKind), reason=texts)
    def say_why_not(self, by: str, kind: NudgeKind, reason: str) -> None:
        self._do(lambda incident: rules.decline_nudge(incident, kind, reason, by=by, now=self.now))

    @rule(by=people)
    def answer_a_nudge_with_its_button(self, by: str) -> None:
        self._do(lambda incident: rules.become_scribe(incident, by=by, now=self.now))
        self._do(lambda incident: rules.keep_severity(incident, incident.severity, by=by, now=self.now))

    @rule(by=people, length=passing)
    def the_commander_is_in_do_not_disturb(self, by: str, length: timedelta) -> None:
        self._do(lambda incident: rules.note_do_not_disturb(incident, by, self.now + length, now=self.now))
        self._do(lambda incident: rules.take_over_in_do_not_disturb(incident, by, by=BOB, now=self.now))

    @rule(by=people, reason=texts)
    def cancel(self, by: str, reason: str) -> None:
        self._do(lambda incident: rules.cancel(incident, reason, by=by, now=self.now))

    @rule(by=people, reason=texts, other=st.sampled_from(OTHERS))
    def mark_duplicate(self, by: str, reason: str, other: Incident) -> None:
        self._do(
            lambda incident: _here(
                rules.mark_duplicate(incident, other, by=by, now=self.now, room="C9", reason=reason)
            )
        )

    @rule(by=people, reason=texts, other=st.sampled_from(OTHERS))
    def reopen_duplicate(self, by: str, reason: str, other: Incident) -> None:
        self._do(
            lambda incident: _here(rules.reopen_duplicate(incident, other, reason, by=by, now=self.now)),
            when_closed=True,
        )

    @rule(by=people, milestone=st.sampled_from(Milestone), ago=back, reason=texts, sure=st.booleans())
    def correct_a_milestone(
        self,
        by: str,
        milestone: Milestone,
        ago: timedelta,
        reason: str,
        sure: bool,  # noqa: FBT001  # hypothesis gives it by name
    ) -> None:
        self._do(
            lambda incident: rules.set_milestone(
                incident, milestone, self.now - ago, by=by, now=self.now, reason=reason, sure=sure
            ),
            when_closed=True,
        )

    @rule(length=passing)
    def time_passes(self, length: timedelta) -> None:
        self.now += length

    @precondition(lambda self: not self.incident.is_closed)
    @rule()
    def time_passes_until_the_next_look_which_finds_something_due(self) -> None:
        look = next_look(self.incident, self.policy, self.now)
        assert look is not None
        assert look > self.now
        before = due(self.incident, self.policy, self.now)
        just_before = due(self.incident, self.policy, look - timedelta(microseconds=1))
        self.now = look
        assert just_before == before, "something was due and nobody looked"
        assert due(self.incident, self.policy, look) != before, "the look was in vain"

    @invariant()
    def nothing_is_asked_while_a_promise_is_due_or_after_the_end(self) -> None:
        may_ask, _ = nudges_and_next_look(self.incident, self.policy, self.now)
        assert not (may_ask and (self.incident.is_closed or due(self.incident, self.policy, self.now)))
        assert not {each.kind for each in may_ask} & set(self.incident.attention.declined)

    @invariant()
    def at_most_one_person_has_command(self) -> None:
        for role, holders in self.incident.roles.items():
            assert len(set(holders)) == len(holders) >= 1
            assert role == Role.EXPERT or len(holders) == 1

    @invariant()
    def command_is_never_offered_to_the_commander(self) -> None:
        assert self.incident.handoff_to is None or self.incident.handoff_to != self.incident.commander

    @invariant()
    def every_milestone_was_set_by_somebody(self) -> None:
        assert self.incident.milestones_by.keys() == self.incident.milestones.keys()
        assert all(self.incident.milestones_by.values())

    @invariant()
    def only_a_duplicate_is_a_duplicate_of_another_one(self) -> None:
        assert (self.incident.duplicate_of is not None) is (self.incident.status is Status.DUPLICATE)
        assert bool(self.incident.original_room) is (self.incident.duplicate_of is not None)

    @invariant()
    def only_a_commander_is_asked_for_command_and_by_somebody_else(self) -> None:
        asker = self.incident.takeover_by
        assert asker is None or (self.incident.commander not in (None, asker))

    @invariant()
    def the_state_follows_from_the_history(self) -> None:
        assert fold(entry.fact for entry in self.timeline) == self.incident

    @invariant()
    def no_fact_is_lost(self) -> None:
        assert self.incident.version == len(self.timeline)
        assert [entry.seq for entry in self.timeline] == list(range(1, len(self.timeline) + 1))

    @invariant()
    def people_read_every_entry_in_the_order_of_time(self) -> None:
        ordered = in_order(self.timeline)
        assert sorted(entry.seq for entry in ordered) == [entry.seq for entry in self.timeline]
        times = [entry.fact.at for entry in ordered]
        assert times == sorted(times)

    @invariant()
    def what_is_parked_or_decided_keeps_its_number(self) -> None:
        for each in (self.incident.parked, self.incident.decisions):
            assert [one.number for one in each] == list(range(1, len(each) + 1))

    @invariant()
    def a_decision_that_stands_was_open_to_objections_for_all_of_its_time(self) -> None:
        for entry in self.timeline:
            if isinstance(entry.fact, facts.DecisionStands):
                decision = self.incident.decisions[entry.fact.number - 1]
                assert entry.fact.at == decision.until <= self.now
                assert not decision.objection

    def every_entry_is_shown_or_was_struck_and_says_what_counts(self) -> None:
        entries = [entry.seq for entry in self.timeline if not isinstance(entry.fact, facts.EntryFact)]
        kept, out = shown(self.timeline), struck(self.timeline)
        assert sorted(each.number for each in (*kept, *out)) == entries
        assert [each.at for each in kept] == sorted(each.at for each in kept)
        assert all(each.at <= self.now for each in kept)
        assert all(each.is_note for each in out)
        assert all(each.text == REMOVED for each in (*kept, *out) if each.is_redacted and each.is_note)

    @invariant()
    def a_private_incident_is_not_announced(self) -> None:
        if self.incident.private:
            assert not any(isinstance(effect, (Announce, Broadcast)) for effect in self.effects)

    @invariant()
    def tasks_keep_their_numbers(self) -> None:
        assert [task.number for task in self.incident.tasks] == list(range(1, len(self.incident.tasks) + 1))

    @invariant()
    def whoever_has_a_task_belongs_to_the_incident_and_is_called_only_for_a_role(self) -> None:
        assignees = {task.assignee for task in self.incident.tasks if task.assignee}
        assert assignees <= set(self.incident.people)
        assert set(self.incident.called) == {*self.incident.responders, ALICE}

    @invariant()
    def somebody_looks_when_a_task_is_due(self) -> None:
        look = self.incident.next_task_due(self.now)
        if look:
            assert look > self.now
            assert len(self.incident.due_tasks(look)) > len(self.incident.due_tasks(self.now))

    @invariant()
    def a_closed_incident_promises_nothing(self) -> None:
        if self.incident.is_closed:
            assert self.incident.due_tasks(self.now) == []
            assert self.incident.next_task_due(self.now) is None
            assert due(self.incident, self.policy, self.now) == ()
            assert next_look(self.incident, self.policy, self.now) is None

    @invariant()
    def the_ledger_follows_the_reminders(self) -> None:
        made = ledger(self.timeline, self.policy, self.now)
        assert made.kept + len(made.broken) == len(made.promises)
        overdue = [each for each in made.promises if each.answered_at is None and not self.incident.is_closed]
        if (
            overdue
            and overdue[-1] is made.promises[-1]
            and promised_at(self.incident, self.policy) < self.now
        ):
            assert overdue[-1].due_at == promised_at(self.incident, self.policy)

    @invariant()
    def the_ledger_counts_as_the_incident_does(self) -> None:
        declared, *steps = steps_of(self.timeline)
        assert declared.severity
        promise = PromiseState(declared.severity, declared.at)
        for step in steps:
            promise.take(step)
        assert promise.status is self.incident.status
        assert promise.severity is self.incident.severity
        assert promised_at(promise, self.policy) == promised_at(self.incident, self.policy)

    @invariant()
    def a_promise_is_never_longer_than_the_cadence_except_by_a_snooze_or_quiet_hours(self) -> None:
        if self.incident.snoozed_until is None and self.policy.quiet is None:
            longest = self.incident.promise_from + cadence(self.incident, self.policy)
            assert promised_at(self.incident, self.policy) <= longest

    @invariant()
    def nobody_is_reminded_within_quiet_hours(self) -> None:
        if self.policy.quiet and self.incident.severity >= Severity.SEV3 and not self.incident.is_closed:
            look = next_look(self.incident, self.policy, self.now)
            assert look is not None
            assert after_quiet(self.policy.quiet, look) == look

    @invariant()
    def missed_slots_give_one_reminder(self) -> None:
        for moment in (self.now, self.now + timedelta(days=30)):
            nudges = due(self.incident, self.policy, moment)
            for promise in Promise:
                rungs = [nudge.rung for nudge in nudges if nudge.promise is promise]
                assert sum(rung is not EscalationStep.CHANNEL for rung in rungs) <= 1
                assert rungs.count(EscalationStep.CHANNEL) <= 1
            assert all(nudge.slot <= moment for nudge in nudges)

    def _about(self, number: int, rule: Callable[..., Decision]) -> None:
        """Do something to an entry, if there is one of this number."""
        entry = find(self.timeline, number)
        if entry:
            self._do(partial(rule, entry=entry), when_closed=True)

    def _do(self, decide: Callable[[Incident], Decision], *, when_closed: bool = False) -> None:
        decision = decide(self.incident)
        if isinstance(decision, Refused):
            self._gives_a_readable_reason(decision)
            return
        assert when_closed or not self.incident.is_closed, f"{decision} was done to what is over"
        assert decision, "a rule answers with facts or with a reason"
        self._record(decision)

    def _record(self, happened: Sequence[facts.Fact]) -> None:
        for fact in happened:
            self.incident = evolve(self.incident, fact)
            entry = Entry(len(self.timeline) + 1, fact)
            self.timeline.append(entry)
            self.effects += react(entry, self.incident)
            self._keeps_its_promise(fact)

    def _keeps_its_promise(self, fact: facts.Fact) -> None:
        reopened = isinstance(fact, facts.StatusChanged) and fact.old.is_closed and not fact.new.is_closed
        if isinstance(fact, facts.UpdatePosted) or reopened:
            promises = [nudge.promise for nudge in due(self.incident, self.policy, self.now)]
            assert Promise.UPDATE not in promises

    def _gives_a_readable_reason(self, no: Refused) -> None:
        assert A_SENTENCE_ENDS.search(no.message), no.message
        assert not INTERNALS.search(in_words(no.message, {})), no.message
        assert "\n" not in no.message
        assert len(no.message) <= 200, "nobody reads more than that in an incident"


TestWalk = Walk.TestCase
TestWalk.settings = WALKS


class QuietWalk(Walk):
    """The same with quiet hours."""

    policy: Policy = replace(POLICY, quiet=QuietHours(time(22), time(7), "Europe/Berlin"))


TestQuietWalk = QuietWalk.TestCase
TestQuietWalk.settings = WALKS
