"""`/incident bridge`."""

from dataclasses import replace
from typing import Any

import pytest

from bot.incident.commands import parsing
from bot.incident.commands.request import ChangeIncident, Outcome
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.present import Present
from tests.incident.commands.factory import change, refusal, reply, request
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, resolved
from tests.incident.views.reading import said

ADDRESS = "https://meet.example.com/room"
OPEN = evolve(declared(), facts.BridgeSet(at=NOW, by=ALICE, address=ADDRESS))


def say(words: str, incident: Incident, *, actor: str = ALICE, **more: Any) -> Outcome:
    """Type `/incident <words>`."""
    typed = parsing.parse(words)
    assert typed.command is not None
    return typed.command.action.handle(replace(request(typed.text, incident=incident, actor=actor), **more))


def test_it_answers_with_the_link() -> None:
    told = reply(say("bridge", OPEN, in_its_room=True))
    assert told == f"Video bridge of INC-42: <{ADDRESS}>\nJoin the bridge"


def test_without_one_it_says_how_to_set_one() -> None:
    assert "To set one: `/incident bridge <link>`" in reply(say("bridge", declared(), in_its_room=True))
    over = reply(say("bridge", replace(resolved(), bridge=ADDRESS), in_its_room=True))
    assert over == "INC-42 has no video bridge."


@pytest.mark.parametrize(
    "typed", ["https://a.example/b", "<https://a.example/b>", "<https://a.example/b|here>"]
)
def test_it_sets_the_link_that_was_typed(typed: str) -> None:
    outcome = say(f"bridge {typed}", OPEN, in_its_room=True)
    assert change(outcome, OPEN) == facts.BridgeSet(at=NOW, by=ALICE, address="https://a.example/b")
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done is not None
    assert ADDRESS in said(outcome.done(OPEN))


@pytest.mark.parametrize("typed", ["call https://a.example", "see <https://a.example>", "<#C1>"])
def test_what_is_more_than_a_link_is_refused(typed: str) -> None:
    assert "paste its whole link" in refusal(say(f"bridge {typed}", OPEN, in_its_room=True), OPEN).message


@pytest.mark.parametrize("word", ["none", "NONE", "off", "remove"])
def test_it_removes_the_bridge(word: str) -> None:
    outcome = say(f"bridge {word}", OPEN, in_its_room=True)
    assert change(outcome, OPEN) == facts.BridgeRemoved(at=NOW, by=ALICE)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done is not None
    assert "is removed" in said(outcome.done(declared()))


def test_outside_of_the_room_only_its_people_are_told() -> None:
    for present, actor, is_told in (
        (Present([BOB]), BOB, True),
        (Present([BOB]), CAROL, False),
        (Present(), ALICE, True),  # the declarer, before the members are read
        (Present(), CAROL, False),
    ):
        outcome = say("bridge", OPEN, in_its_room=False, present=present, actor=actor)
        if is_told:
            assert ADDRESS in reply(outcome)
        else:
            assert "for the people of the war room" in refusal(outcome).message
    forged = say("bridge", OPEN, in_its_room=True, channel_is_verified=False, actor=CAROL)
    assert "for the people of the war room" in refusal(forged).message
