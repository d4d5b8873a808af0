"""Stepping down from all roles, and since when each role is held."""

from bot.incident.domain import facts, rules
from bot.incident.domain.present import Present
from bot.incident.domain.vocabulary import Role, RoleEndReason
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

STAFFED = with_role(with_role(declared(commander=BOB), Role.SCRIBE, BOB), Role.EXPERT, CAROL)


def test_whoever_steps_down_loses_all_roles_and_nobody_has_command() -> None:
    ended = fact(rules.leave(STAFFED, by=BOB, now=NOW))
    assert ended == facts.RolesEnded(
        at=NOW, by=BOB, person=BOB, roles=(Role.COMMANDER, Role.SCRIBE), why=RoleEndReason.UNASSIGNED
    )
    assert after(STAFFED, (ended,)).roles == {Role.EXPERT: (CAROL,)}


def test_whoever_holds_no_role_cannot_step_down() -> None:
    assert "hold no role in INC-42" in refused(rules.leave(STAFFED, by=ALICE, now=NOW)).message


def test_nobody_steps_down_from_a_closed_incident() -> None:
    assert "is resolved" in refused(rules.leave(resolved(STAFFED), by=BOB, now=NOW)).message


def test_it_is_known_since_when_each_role_is_held() -> None:
    incident = after(STAFFED, rules.assign(STAFFED, Role.EXPERT, ALICE, by=BOB, now=later(5)))
    incident = after(incident, rules.assign(incident, Role.SCRIBE, ALICE, by=BOB, now=later(6)))
    assert incident.held_since == {
        Role.COMMANDER: {BOB: NOW},
        Role.SCRIBE: {ALICE: later(6)},
        Role.EXPERT: {CAROL: NOW, ALICE: later(5)},
    }
    left = after(incident, rules.leave(incident, by=ALICE, now=later(7)))
    assert left.held_since == {Role.COMMANDER: {BOB: NOW}, Role.EXPERT: {CAROL: NOW}}


def test_nobody_is_missed_in_a_war_room_whose_members_are_unknown() -> None:
    assert not Present().lacks(BOB)
    assert Present([ALICE]).lacks(BOB)
    assert not Present([ALICE]).lacks(ALICE)
