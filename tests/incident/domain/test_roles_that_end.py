"""A role ends without a successor: given up, taken away, or because its holder has left."""

import pytest

from bot import policy_file
from bot.incident.domain import facts, rules
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder, due, next_look
from bot.incident.domain.effects import Announce, CloseOffer, CloseTakeover, ReadMembers, ShowCard, TellRoom
from bot.incident.domain.react import react
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason, Status
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

POLICY = policy_file.load()
STAFFED = with_role(with_role(declared(commander=BOB), Role.SCRIBE, CAROL), Role.EXPERT, CAROL)


def test_one_role_ends_and_the_others_stay() -> None:
    decision = rules.unassign(STAFFED, CAROL, Role.SCRIBE, by=ALICE, now=NOW)
    assert after(STAFFED, decision).roles == {Role.COMMANDER: (BOB,), Role.EXPERT: (CAROL,)}


def test_if_no_role_is_named_all_roles_of_the_person_end_in_one_fact() -> None:
    ended = fact(rules.unassign(STAFFED, CAROL, None, by=ALICE, now=NOW))
    assert isinstance(ended, facts.RolesEnded)
    assert ended.roles == (Role.SCRIBE, Role.EXPERT)
    assert after(STAFFED, (ended,)).roles_of(CAROL) == ()


def test_if_one_of_several_experts_ends_the_others_stay() -> None:
    two = with_role(STAFFED, Role.EXPERT, ALICE)
    assert after(two, rules.unassign(two, CAROL, Role.EXPERT, by=BOB, now=NOW)).roles[Role.EXPERT] == (ALICE,)


@pytest.mark.parametrize(("role", "told"), [(None, "holds no role in"), (Role.DEPUTY, "is not Deputy of")])
def test_a_person_without_a_role_cannot_lose_one(role: str | None, told: str) -> None:
    assert told in refused(rules.unassign(STAFFED, ALICE, role, by=BOB, now=NOW)).message


@pytest.mark.parametrize("role", [None, Role.COMMANDER])
def test_only_the_commander_can_give_up_command(role: str | None) -> None:
    refusal = refused(rules.unassign(STAFFED, BOB, role, by=ALICE, now=NOW)).message
    assert "`/incident assign me commander force`" in refusal
    assert after(STAFFED, rules.unassign(STAFFED, BOB, role, by=BOB, now=NOW)).commander is None


def test_a_closed_incident_keeps_its_roles() -> None:
    over = resolved(STAFFED)
    refused(rules.unassign(over, CAROL, None, by=CAROL, now=NOW))
    refused(rules.end_roles(over, CAROL, RoleEndReason.LEFT, now=NOW))


def test_a_person_who_leaves_the_room_loses_all_roles() -> None:
    gone = after(STAFFED, rules.end_roles(STAFFED, CAROL, RoleEndReason.LEFT, now=NOW))
    assert gone.roles_of(CAROL) == ()
    assert "holds no role" in refused(rules.end_roles(gone, CAROL, RoleEndReason.LEFT, now=NOW)).message


def test_an_offer_of_command_ends_if_the_person_asked_leaves() -> None:
    offered = after(STAFFED, rules.offer_handoff(STAFFED, ALICE, by=BOB, now=NOW))
    assert after(offered, rules.end_roles(offered, ALICE, RoleEndReason.LEFT, now=NOW)).handoff_to is None
    assert after(offered, rules.end_roles(offered, CAROL, RoleEndReason.LEFT, now=NOW)).handoff_to == ALICE


def test_an_offer_stays_open_if_the_person_who_made_it_leaves() -> None:
    offered = after(STAFFED, rules.offer_handoff(STAFFED, ALICE, by=BOB, now=NOW))
    alone = after(offered, rules.end_roles(offered, BOB, RoleEndReason.LEFT, now=NOW))
    assert (alone.commander, alone.handoff_to) == (None, ALICE)
    assert after(alone, rules.answer_handoff(alone, accept=True, by=ALICE, now=NOW)).commander == ALICE


def test_if_the_commander_leaves_the_time_to_find_a_commander_starts_again() -> None:
    gone_at = later(60)
    vacant = after(STAFFED, rules.end_roles(STAFFED, BOB, RoleEndReason.LEFT, now=gone_at))
    promised = gone_at + POLICY.commander_within

    def nudges(minutes: float) -> list[ScheduledReminder]:
        return [
            each for each in due(vacant, POLICY, later(60 + minutes)) if each.promise is Promise.COMMANDER
        ]

    assert nudges(0) == []
    assert next_look(vacant, POLICY, gone_at) is not None
    within = POLICY.commander_within.total_seconds() / 60
    assert nudges(within) == [ScheduledReminder(Promise.COMMANDER, promised, EscalationStep.ROOM)]


def test_a_reopening_counts_if_it_is_later_than_the_last_vacancy() -> None:
    vacant = after(STAFFED, rules.end_roles(STAFFED, BOB, RoleEndReason.LEFT, now=later(5)))
    again = after(resolved(vacant, later(6)), rules.reopen(resolved(vacant), "Back", by=ALICE, now=later(60)))
    assert again.without_commander_since == later(60)


def test_room_card_and_announcement_show_it_and_an_offer_to_a_person_who_left_is_closed() -> None:
    scribe = fact(rules.unassign(STAFFED, CAROL, Role.SCRIBE, by=ALICE, now=NOW))
    command = fact(rules.end_roles(STAFFED, BOB, RoleEndReason.LEFT, now=NOW))
    assert react(Entry(9, scribe), STAFFED) == (TellRoom(9), ShowCard(), Announce())
    shown = (TellRoom(9), CloseOffer(9), CloseTakeover(9), ShowCard(), Announce())
    assert react(Entry(9, command), STAFFED) == shown


def test_the_members_of_a_reopened_incidents_room_are_read_again() -> None:
    over = resolved(STAFFED)
    back = fact(rules.reopen(over, "Back", by=ALICE, now=NOW))
    moved = fact(rules.change_status(STAFFED, Status.MITIGATING, by=ALICE, now=NOW))
    assert ReadMembers() in react(Entry(9, back), STAFFED)
    assert ReadMembers() not in react(Entry(9, moved), STAFFED)
