"""One person has command at any time, and everybody can see how they got it."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.vocabulary import Milestone, Role
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    later,
    refused,
    resolved,
    with_role,
)


def test_the_first_to_click_has_command() -> None:
    incident = declared()
    incident = after(incident, rules.take_command(incident, by=BOB, now=later(1)))
    assert incident.commander == BOB
    assert incident.milestones[Milestone.ACKNOWLEDGED] == later(1)


def test_the_second_to_click_is_told_who_has_command() -> None:
    refusal = refused(rules.take_command(declared(commander=BOB), by=CAROL, now=NOW))
    assert f"<@{BOB}> already has command" in refusal.message


def test_a_second_click_by_the_same_person_changes_nothing() -> None:
    refusal = refused(rules.take_command(declared(commander=BOB), by=BOB, now=NOW))
    assert "You already have command" in refusal.message


def test_nobody_takes_command_of_a_closed_incident() -> None:
    assert "reopen" in refused(rules.take_command(resolved(), by=BOB, now=NOW)).message


def test_the_time_to_acknowledge_ends_with_the_first_commander() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.assign(incident, Role.COMMANDER, CAROL, by=BOB, now=NOW))
    incident = after(incident, rules.answer_handoff(incident, accept=True, by=CAROL, now=later(30)))
    assert incident.commander == CAROL
    assert incident.milestones[Milestone.ACKNOWLEDGED] == NOW


def test_anybody_may_give_a_free_role_to_anybody() -> None:
    made = fact(rules.assign(declared(), Role.SCRIBE, CAROL, by=BOB, now=NOW))
    assert made == facts.RoleAssigned(at=NOW, by=BOB, role=Role.SCRIBE, person=CAROL)


def test_a_role_passes_from_one_person_to_the_next_and_the_timeline_says_from_whom() -> None:
    incident = with_role(declared(), Role.SCRIBE, BOB)
    made = fact(rules.assign(incident, Role.SCRIBE, CAROL, by=ALICE, now=NOW))
    assert isinstance(made, facts.RoleAssigned)
    assert made.previous == BOB
    assert with_role(incident, Role.SCRIBE, CAROL).roles[Role.SCRIBE] == (CAROL,)


def test_there_may_be_several_experts_and_none_replaces_another() -> None:
    incident = with_role(with_role(declared(), Role.EXPERT, BOB), Role.EXPERT, CAROL)
    assert incident.roles[Role.EXPERT] == (BOB, CAROL)


@pytest.mark.parametrize("role", DEFAULT_ROLES.keys)
def test_a_person_does_not_get_the_same_role_twice(role: str) -> None:
    incident = with_role(declared(), role, BOB)
    refusal = refused(rules.assign(incident, role, BOB, by=ALICE, now=NOW))
    assert f"<@{BOB}> is already {DEFAULT_ROLES.title(role)}" in refusal.message


def test_no_role_is_given_in_a_closed_incident() -> None:
    refusal = refused(rules.assign(resolved(), Role.SCRIBE, BOB, by=ALICE, now=NOW))
    assert "INC-42 is resolved" in refusal.message


def test_assigning_free_command_gives_it_at_once() -> None:
    incident = declared()
    assert after(incident, rules.assign(incident, Role.COMMANDER, BOB, by=CAROL, now=NOW)).commander == BOB


def test_assigning_command_that_somebody_has_only_offers_it() -> None:
    incident = declared(commander=BOB)
    made = fact(rules.assign(incident, Role.COMMANDER, CAROL, by=BOB, now=NOW))
    assert made == facts.HandoffOffered(at=NOW, by=BOB, to=CAROL)


def test_nobody_but_the_commander_hands_command_over() -> None:
    incident = declared(commander=BOB)
    refusal = refused(rules.assign(incident, Role.COMMANDER, CAROL, by=ALICE, now=NOW))
    assert f"Only <@{BOB}> can hand over command" in refusal.message
    assert "force" in refusal.message, "they must learn what to do when the commander cannot be reached"


def test_force_takes_command_from_a_commander_who_cannot_be_reached() -> None:
    incident = declared(commander=BOB)
    made = fact(rules.assign(incident, Role.COMMANDER, CAROL, by=ALICE, now=NOW, force=True))
    assert made == facts.RoleAssigned(
        at=NOW, by=ALICE, role=Role.COMMANDER, person=CAROL, previous=BOB, forced=True
    )


def test_force_without_a_commander_takes_command_from_nobody() -> None:
    made = fact(rules.assign(declared(), Role.COMMANDER, CAROL, by=ALICE, now=NOW, force=True))
    assert made == facts.RoleAssigned(at=NOW, by=ALICE, role=Role.COMMANDER, person=CAROL)


def test_a_new_offer_replaces_the_one_before() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    made = fact(rules.offer_handoff(incident, ALICE, by=BOB, now=NOW))
    assert made == facts.HandoffOffered(at=NOW, by=BOB, to=ALICE, instead_of=CAROL)
    refusal = refused(rules.answer_handoff(after(incident, (made,)), accept=True, by=CAROL, now=NOW))
    assert f"Command was offered to <@{ALICE}>" in refusal.message


def test_forcing_command_ends_an_open_offer() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    incident = after(incident, rules.assign(incident, Role.COMMANDER, ALICE, by=ALICE, now=NOW, force=True))
    assert (incident.commander, incident.handoff_to) == (ALICE, None)
    assert (
        "already been answered"
        in refused(rules.answer_handoff(incident, accept=True, by=CAROL, now=NOW)).message
    )


def test_command_does_not_move_until_the_offer_is_accepted() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    assert (incident.commander, incident.handoff_to) == (BOB, CAROL)
    incident = after(incident, rules.answer_handoff(incident, accept=True, by=CAROL, now=NOW))
    assert (incident.commander, incident.handoff_to) == (CAROL, None)


def test_take_command_accepts_an_offer_too() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    made = fact(rules.take_command(incident, by=CAROL, now=NOW))
    assert isinstance(made, facts.RoleAssigned)
    assert made.previous == BOB


@pytest.mark.parametrize("who", [CAROL, BOB])
def test_the_person_asked_may_decline_and_the_commander_may_withdraw_the_offer(who: str) -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    decision = rules.answer_handoff(incident, accept=False, by=who, now=NOW)
    assert fact(decision) == facts.HandoffDeclined(at=NOW, by=who, to=CAROL)
    assert after(incident, decision).handoff_to is None
    assert after(incident, decision).commander == BOB


@pytest.mark.parametrize(("who", "accept"), [(ALICE, True), (ALICE, False), (BOB, True)])
def test_nobody_else_answers_an_offer(who: str, accept: bool) -> None:  # noqa: FBT001  # pytest gives it by name
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    assert f"<@{CAROL}>" in refused(rules.answer_handoff(incident, accept=accept, by=who, now=NOW)).message


def test_an_offer_is_answered_once() -> None:
    refusal = refused(rules.answer_handoff(declared(commander=BOB), accept=True, by=CAROL, now=NOW))
    assert "already been answered" in refusal.message


def test_nobody_is_asked_twice_while_they_have_not_answered() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    assert refused(rules.offer_handoff(incident, CAROL, by=BOB, now=NOW)).field == "person"


def test_the_commander_may_ask_somebody_else_instead() -> None:
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    assert after(incident, rules.offer_handoff(incident, ALICE, by=BOB, now=NOW)).handoff_to == ALICE


def test_nobody_hands_command_to_themselves() -> None:
    assert refused(rules.offer_handoff(declared(commander=BOB), BOB, by=BOB, now=NOW)).field == "person"


def test_command_that_nobody_has_cannot_be_handed_over() -> None:
    refusal = refused(rules.offer_handoff(declared(), CAROL, by=BOB, now=NOW))
    assert "Take command" in refusal.message


@pytest.mark.parametrize("accept", [True, False])
def test_an_offer_in_a_closed_incident_cannot_be_answered(accept: bool) -> None:  # noqa: FBT001  # pytest gives it by name
    incident = declared(commander=BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    refusal = refused(rules.answer_handoff(resolved(incident), accept=accept, by=CAROL, now=NOW))
    assert "INC-42 is resolved" in refusal.message


def test_no_offer_is_made_in_a_closed_incident() -> None:
    refusal = refused(rules.offer_handoff(resolved(declared(commander=BOB)), CAROL, by=BOB, now=NOW))
    assert "INC-42 is resolved" in refusal.message


def test_each_participant_is_counted_once() -> None:
    incident = with_role(declared(commander=BOB), Role.SCRIBE, BOB)
    incident = after(incident, rules.offer_handoff(incident, CAROL, by=BOB, now=NOW))
    assert incident.people == (BOB, CAROL, ALICE)


def test_command_is_not_offered_to_the_commander() -> None:
    incident = declared(commander=BOB)
    assert "already has command" in refused(rules.offer_handoff(incident, BOB, by=ALICE, now=NOW)).message
