"""`/incident show`."""

from dataclasses import replace

from bot.incident.commands import registry
from tests.incident.commands.factory import reply, request, say
from tests.incident.domain.situations import declared


def test_the_card_is_shown_with_the_way_to_the_war_room() -> None:
    asked = replace(request(incident=declared()), room="C0ROOM")
    text = reply(registry.COMMANDS["show"].action.handle(asked))
    assert "Checkout is failing" in text
    assert "War room: <#C0ROOM>" in text


def test_until_the_war_room_is_open_the_card_says_so() -> None:
    assert "The war room is not open yet." in reply(say("show", declared()))
