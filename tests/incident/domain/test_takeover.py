"""Asking for command that somebody else has: the answer, and what ends the request."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import Brief, CloseTakeover, ShowTakeover, TellRoom
from bot.incident.domain.facts import people_in
from bot.incident.domain.incident import Incident
from bot.incident.domain.react import react
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    refused,
    resolved,
    with_role,
)

COMMANDED = declared(commander=BOB)
ASKED = after(COMMANDED, rules.ask_takeover(COMMANDED, by=CAROL, now=NOW))


def _answer(incident: Incident, by: str, *, accept: bool, asker: str = CAROL) -> rules.Decision:
    return rules.answer_takeover(incident, asker, accept=accept, by=by, now=NOW)


def test_a_request_changes_nothing_until_it_is_answered() -> None:
    asked = fact(rules.ask_takeover(COMMANDED, by=CAROL, now=NOW))
    assert asked == facts.TakeoverAsked(at=NOW, by=CAROL, commander=BOB)
    assert people_in(asked) == (BOB,)
    assert (ASKED.commander, ASKED.takeover_by) == (BOB, CAROL)
    assert react(Entry(7, asked), ASKED) == (ShowTakeover(7),)


def test_if_nobody_has_command_or_it_is_offered_to_whoever_asks_they_take_it() -> None:
    taken = fact(rules.ask_takeover(declared(), by=CAROL, now=NOW))
    assert taken == facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL)
    offered = after(COMMANDED, rules.offer_handoff(COMMANDED, CAROL, by=BOB, now=NOW))
    assert isinstance(fact(rules.ask_takeover(offered, by=CAROL, now=NOW)), facts.RoleAssigned)


@pytest.mark.parametrize(
    ("incident", "by", "told"),
    [
        (COMMANDED, BOB, "You already have command"),
        (ASKED, CAROL, f"You have asked <@{BOB}> already"),
        (ASKED, ALICE, f"<@{CAROL}> has asked <@{BOB}> for command already"),
        (resolved(COMMANDED), CAROL, "is resolved"),
    ],
)
def test_a_request_in_vain_is_refused_with_the_reason(incident: Incident, by: str, told: str) -> None:
    assert told in refused(rules.ask_takeover(incident, by=by, now=NOW)).message


def test_if_the_commander_accepts_command_passes_at_once() -> None:
    passed = fact(_answer(ASKED, BOB, accept=True))
    assert passed == facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=CAROL, previous=BOB)
    incident = after(ASKED, (passed,))
    assert (incident.commander, incident.takeover_by) == (CAROL, None)
    effects = react(Entry(8, passed), incident)
    assert {TellRoom(8), CloseTakeover(8), Brief(8)} <= set(effects)


@pytest.mark.parametrize("by", [BOB, CAROL])
def test_the_commander_keeps_command_or_the_request_is_taken_back(by: str) -> None:
    kept = fact(_answer(ASKED, by, accept=False))
    assert kept == facts.TakeoverDeclined(at=NOW, by=by, to=CAROL)
    assert people_in(kept) == (CAROL,)
    incident = after(ASKED, (kept,))
    assert (incident.commander, incident.takeover_by) == (BOB, None)
    assert react(Entry(8, kept), incident) == (CloseTakeover(8), TellRoom(8))


@pytest.mark.parametrize(("by", "accept"), [(ALICE, True), (ALICE, False), (CAROL, True)])
def test_nobody_else_answers(by: str, *, accept: bool) -> None:
    assert f"<@{BOB}> was asked for command" in refused(_answer(ASKED, by, accept=accept)).message


def test_an_old_request_cannot_be_answered_any_more() -> None:
    for incident, asker in ((COMMANDED, CAROL), (ASKED, ALICE), (declared(), CAROL)):
        no = refused(_answer(incident, BOB, accept=True, asker=asker))
        assert no.message == "This request for command has already been answered."
    assert "is resolved" in refused(_answer(resolved(ASKED), BOB, accept=True)).message


def test_a_request_ends_when_command_ends_or_passes_to_somebody_else() -> None:
    ended = fact(rules.leave(ASKED, by=BOB, now=NOW))
    left = after(ASKED, (ended,))
    assert (left.commander, left.takeover_by) == (None, None)
    assert CloseTakeover(8) in react(Entry(8, ended), left)
    forced = rules.assign(ASKED, Role.COMMANDER, ALICE, by=ALICE, now=NOW, force=True)
    assert after(ASKED, forced).takeover_by is None


def test_a_request_stays_open_when_another_role_ends() -> None:
    incident = with_role(ASKED, Role.SCRIBE, BOB)
    ended = fact(rules.unassign(incident, BOB, Role.SCRIBE, by=ALICE, now=NOW))
    incident = after(incident, (ended,))
    assert incident.takeover_by == CAROL
    assert not any(isinstance(effect, CloseTakeover) for effect in react(Entry(9, ended), incident))


def test_whoever_takes_command_otherwise_is_shown_the_way_to_ask() -> None:
    for decision in (
        rules.take_command(COMMANDED, by=CAROL, now=NOW),
        rules.offer_handoff(COMMANDED, ALICE, by=CAROL, now=NOW),
    ):
        assert "`/incident takeover`" in refused(decision).message
