"""`/incident metrics me` and `metrics load`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.decision import Refused
from bot.incident.commands.registry import COMMANDS
from bot.incident.commands.request import LookBack, Outcome, Reply
from bot.incident.domain.permissions import Capability
from bot.incident.domain.records import Past
from bot.incident.domain.vocabulary import Role
from bot.incident.domain.work import Deed, Duty, Work
from bot.review.commands.load import Whose, word_of
from tests.incident.commands.factory import POLICY, request, say
from tests.incident.domain.situations import ALICE, CAROL
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, in_plain_form, said
from tests.review.histories import NOW

NIGHT = NOW.replace(hour=23) - timedelta(days=2)
WORK = Work(
    [Deed(1, CAROL, NIGHT), Deed(2, CAROL, NIGHT + timedelta(hours=24)), Deed(2, ALICE, NOW)],
    [Duty(1, CAROL, Role.COMMANDER), Duty(2, ALICE, Role.SCRIBE)],
)


def shown(outcome: Outcome, work: Work = WORK) -> str:
    assert isinstance(outcome, LookBack)
    assert outcome.work
    assert not outcome.everybodys
    reply = outcome.then([Past(work=work)])
    assert isinstance(reply, Reply)
    fits(reply.message)
    fits(in_plain_form(reply.message))
    assert not buttons(reply.message)
    assert not reply.in_channel
    return said(in_plain_form(reply.message))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("", None),
        ("90d", None),
        ("me", Whose.OWN),
        ("Mine 30d", Whose.OWN),
        ("load", Whose.EVERYBODYS),
        ("load 30d", Whose.EVERYBODYS),
        ("load me", Whose.OWN),
    ],
)
def test_the_first_word_says_whose_load_it_is(text: str, whose: Whose | None) -> None:
    assert word_of(text) is whose
    needed = COMMANDS["metrics"].action.needed(request(text))
    assert needed == ((Capability.SEE_LOAD,) if whose is Whose.EVERYBODYS else (Capability.READ,))


def test_everybody_sees_their_own() -> None:
    told = shown(say("metrics me", now=NOW))
    assert (
        "commanded 1, had a role in 1, took part in 2 incidents; 2 nights (2 in a row), 0 short rests" in told
    )
    assert f"<@{ALICE}>" not in told
    assert "rested by now" in told


def test_those_who_may_see_that_of_all() -> None:
    told = shown(say("metrics load 30d", now=NOW))
    assert "2 people in incidents declared from" in told
    assert f"<@{CAROL}>: commanded 1" in told
    assert f"<@{ALICE}>: commanded 0, had a role in 1, took part in 1 incident; 0 nights" in told
    assert "not rested yet" in told
    assert "Command is spread 0.50, night work 0.50" in told


def test_an_empty_span_says_so() -> None:
    assert "You took part in no incident" in shown(say("metrics me", now=NOW), Work())
    assert "Nobody took part in an incident" in shown(say("metrics load", now=NOW), Work())
    only = Work(duties=[Duty(1, CAROL, Role.COMMANDER)])
    assert "1 person in incidents" in shown(say("metrics load", now=NOW), only)
    assert "commanded 1" in shown(say("metrics me", now=NOW), only)
    calm = Work([Deed(1, CAROL, NOW)])
    assert "night work not at all" in shown(say("metrics load", now=NOW), calm)


def test_with_very_many_people_the_rest_is_counted() -> None:
    crowd = Work([Deed(1, f"U{number:04}", NOW) for number in range(400)])
    assert "and 3" in shown(say("metrics load", now=NOW), crowd)


@pytest.mark.parametrize("words", ["metrics load lately", "metrics load 90d sev1", "metrics me q3 vs q2"])
def test_what_cannot_be_shown_is_refused(words: str) -> None:
    assert isinstance(say(words, now=NOW), Refused)


def test_the_policy_switches_it_off() -> None:
    asked = replace(request("me", now=NOW), policy=replace(POLICY, load=False))
    refused = COMMANDS["metrics"].action.handle(asked)
    assert isinstance(refused, Refused)
    assert "are switched off" in refused.message
