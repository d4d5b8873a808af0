"""Questions about which incident is meant, and the buttons that carry on with what was begun."""

import json
from dataclasses import replace

import pytest

from bot.core.blocks import BUTTON_VALUE_MAX, Message
from bot.core.decision import Refused
from bot.incident.commands import chosen
from bot.incident.commands.registry import BUTTONS, WORDS
from bot.incident.commands.request import ChangeIncident, MarkedMessage, Request, Show
from bot.incident.domain.shortlist import Listed, Shortlist
from bot.incident.views.choices import CHOICES_MAX
from tests.incident.commands.factory import changes, refusal, request
from tests.incident.domain.situations import CAROL, declared
from tests.incident.views.reading import objects, said

ONE, TWO = declared("Checkout is failing", number=1), declared("Search is slow", number=2)


def values(message: Message) -> list[dict[str, object]]:
    """What the buttons carry."""
    return [json.loads(each["value"]) for each in objects(message.blocks) if each.get("type") == "button"]


def opened(*incidents: int, mine: int = 0) -> Shortlist:
    listed = [
        Listed(declared(number=number, commander=CAROL if number == mine else None), "C1")
        for number in incidents
    ]
    return Shortlist(listed, len(listed))


def carried_on(message: Message, place: int = 0) -> Request:
    """The press of one of its buttons, as it arrives."""
    about = values(message)[place]
    incident = ONE if about["number"] == 1 else TWO
    given = request(str(about.get("text", "")), incident=incident, metadata=about)
    return replace(given, sure=bool(about.get("sure")))


def test_ones_own_incidents_come_first_and_then_the_newest() -> None:
    found = chosen.likeliest(request(open_incidents=opened(1, 2, 3, mine=2)))
    assert [incident.number for incident in found] == [2, 3, 1]


def test_where_no_incident_is_meant_the_open_ones_are_offered_with_the_text() -> None:
    question = chosen.of_the_open(WORDS["update"], request("Half works", open_incidents=opened(1, 2)))
    assert values(question) == [
        {"word": "update", "text": "Half works", "number": 2},
        {"word": "update", "text": "Half works", "number": 1},
    ]
    assert "Update INC-2" in said(question)
    assert "`/incident update INC-2: …`" in said(question)


def test_at_most_so_many_are_offered() -> None:
    question = chosen.of_the_open(WORDS["update"], request("x", open_incidents=opened(*range(1, 9))))
    assert len(values(question)) == CHOICES_MAX


def test_what_is_open_is_not_offered_to_be_reopened() -> None:
    question = chosen.of_the_open(WORDS["reopen"], request("It is back", open_incidents=opened(1)))
    assert values(question) == []
    assert "works in a war room" in said(question)


def test_a_text_too_long_for_a_button_is_left_to_be_typed_with_the_name() -> None:
    text = "x" * BUTTON_VALUE_MAX
    question = chosen.of_the_open(WORDS["update"], request(text, open_incidents=opened(1)))
    assert values(question) == []
    assert "`/incident update INC-1: …`" in said(question)


def test_of_two_each_button_carries_the_text_that_it_means() -> None:
    question = chosen.of_two(WORDS["resolve"], request("INC-2 rolled back", incident=ONE), TWO)
    assert [(each["number"], each["text"]) for each in values(question)] == [
        (1, "INC-2 rolled back"),
        (2, "rolled back"),
    ]


def test_the_press_carries_on_with_what_was_begun() -> None:
    question = chosen.of_two(WORDS["resolve"], request("INC-2 rolled back", incident=ONE), TWO)
    outcome = BUTTONS["chosen"].handle(carried_on(question, 1))
    (end,) = changes(outcome, TWO)
    assert "rolled back" in str(end)


def test_whoever_is_sure_has_it_done() -> None:
    typed = request("at 2020-01-01 10:00 utc made", incident=ONE)
    refused = refusal(WORDS["note"].action.handle(typed), ONE)
    question = chosen.if_sure(WORDS["note"], typed, refused)
    assert "Is the date right?" in said(question)
    outcome = BUTTONS["chosen"].handle(carried_on(question))
    assert isinstance(outcome, ChangeIncident)
    assert changes(outcome, ONE)


def test_a_message_marked_elsewhere_is_added_to_the_timeline_that_is_chosen() -> None:
    mark = MarkedMessage("C9", "1.1")
    question = chosen.where_to_note(request(message=mark, open_incidents=opened(1)))
    assert question is not None
    pressed = replace(carried_on(question), message=mark)
    assert values(question)[0]["mark"] == ["C9", "1.1"]
    assert isinstance(BUTTONS["chosen"].handle(pressed), Show)


@pytest.mark.parametrize("message", [None, MarkedMessage("C9", "1.1")])
def test_where_nothing_is_open_there_is_nothing_to_choose(message: MarkedMessage | None) -> None:
    assert chosen.where_to_note(request(message=message)) is None


@pytest.mark.parametrize("about", [{}, {"word": "gone"}])
def test_a_button_that_carries_nothing_asks_to_type_it_again(about: dict[str, str]) -> None:
    outcome = BUTTONS["chosen"].handle(request(incident=ONE, metadata=about))
    assert isinstance(outcome, Refused)
    assert "type it again" in outcome.message


def test_whoever_may_have_meant_another_is_told_and_given_the_command() -> None:
    told = chosen.it_was_this_one(WORDS["note"], request("INC-2 is alike", incident=ONE), TWO)
    assert "Recorded on *INC-1*" in said(told)
    verbatim = [each["text"] for each in objects(told.blocks) if each.get("type") == "text"]
    assert verbatim == ["/incident note INC-2: is alike"]
