"""The commands of the board, where something is missing."""

import json
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from bot.core.decision import Refused
from bot.incident.commands import registry
from bot.incident.commands.request import LookBack, Outcome, Request
from bot.incident.domain.permissions import Capability
from bot.review.commands.board_loaded import GONE, LoadedPack
from bot.review.domain.board import BOARD, make
from bot.review.views import board_message as views
from tests.incident.commands.factory import request
from tests.incident.domain.situations import BOB, NOW, declared
from tests.incident.views.reading import buttons
from tests.review.packs import FULL

BAD = Refused("That is no span.")


def pressed(name: str, asked: Request) -> Outcome:
    return registry.BUTTONS[name].handle(asked)


@pytest.mark.parametrize("name", [views.POST, views.PAGE])
def test_a_bad_span_is_refused_by_buttons_too(name: str) -> None:
    assert pressed(name, replace(request(), loaded=BAD)) is BAD
    with pytest.raises(TypeError, match="loads=PACK"):
        pressed(name, request())


def test_a_pack_is_posted_only_where_there_is_a_channel() -> None:
    nowhere = replace(request(), channel="", loaded=LoadedPack(pack=FULL))
    found = pressed(views.POST, nowhere)
    assert isinstance(found, Refused)
    assert "Type `/incident review` in the channel" in found.message


def test_load_by_name_is_asked_of_those_only_whom_the_policy_names() -> None:
    assert registry.BUTTONS[views.LOAD].may is Capability.SEE_LOAD
    found = pressed(views.LOAD, request(views.span_of(FULL)))
    assert isinstance(found, LookBack)
    assert found.work


def test_load_by_name_counts_the_days_of_the_board() -> None:
    pack = replace(FULL, zone="Pacific/Auckland")
    value = json.loads(buttons(views.posted(pack, 1, {}, load=True))[views.LOAD]["value"])
    found = pressed(views.LOAD, replace(request(value["text"]), metadata=value))
    assert isinstance(found, LookBack)
    begins = [each.start.astimezone(ZoneInfo("Pacific/Auckland")).time() for each in found.periods]
    assert begins == [time()]


def test_a_decision_needs_a_board_and_an_owner_who_can_have_it() -> None:
    decide = registry.FORMS[views.DECIDE].handle
    assert decide(request()) is GONE
    board, _ = BOARD.apply(None, make(1, FULL, by=BOB, now=NOW))
    incident = replace(declared(), number=2)
    asked = replace(request(incident=incident), loaded=board)
    stranger = replace(asked, fields={"person": "U0STRANGER", "due": "2027-01-01", "text": "x"})
    found = decide(stranger)
    assert isinstance(found, Refused)
    assert found.field == "person"
    private = decide(replace(stranger, incident=replace(incident, private=True)))
    assert isinstance(private, Refused)
    assert private.field == "incident"
