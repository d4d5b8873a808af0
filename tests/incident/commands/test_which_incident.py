"""Questions about which incident is meant, and the buttons that continue the act."""

import json
from dataclasses import replace

import pytest

from bot.core.blocks import BUTTON_VALUE_MAX, Message
from bot.core.decision import Refused
from bot.incident.commands import questions
from bot.incident.commands.registry import BUTTONS, COMMANDS
from bot.incident.commands.request import ChangeIncident, MarkedMessage, Request, Show
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.views.choices import CHOICES_MAX
from tests.incident.commands.factory import changes, refusal, request
from tests.incident.domain.situations import CAROL, declared
from tests.incident.views.reading import objects, said

ONE, TWO = declared("Checkout is failing", number=1), declared("Search is slow", number=2)


def values(message: Message) -> list[dict[str, object]]:
    """The values of the buttons."""
    return [json.loads(each["value"]) for each in objects(message.blocks) if each.get("type") == "button"]


def opened(*incidents: int, mine: int = 0) -> Shortlist:
    listed = [
        ListedIncident(declared(number=number, commander=CAROL if number == mine else None), "C1")
        for number in incidents
    ]
    return Shortlist(listed, len(listed))


def continued(message: Message, place: int = 0) -> Request:
    """The press of one of its buttons, as it is received."""
    about = values(message)[place]
    incident = ONE if about["number"] == 1 else TWO
    given = request(str(about.get("text", "")), incident=incident, metadata=about)
    return replace(given, sure=bool(about.get("sure")))


def test_a_persons_own_incidents_come_first_and_then_the_newest() -> None:
    found = questions.likely_incidents(request(open_incidents=opened(1, 2, 3, mine=2)))
    assert [incident.number for incident in found] == [2, 3, 1]


def test_without_a_reference_the_open_incidents_are_offered_with_the_text() -> None:
    question = questions.ask_which_open(
        COMMANDS["update"], request("Half works", open_incidents=opened(1, 2))
    )
    assert values(question) == [
        {"word": "update", "text": "Half works", "number": 2},
        {"word": "update", "text": "Half works", "number": 1},
    ]
    assert "Update INC-2" in said(question)
    assert "`/incident update INC-2: …`" in said(question)


def test_the_number_of_offered_incidents_is_limited() -> None:
    question = questions.ask_which_open(COMMANDS["update"], request("x", open_incidents=opened(*range(1, 9))))
    assert len(values(question)) == CHOICES_MAX


def test_an_open_incident_is_not_offered_for_reopening() -> None:
    question = questions.ask_which_open(COMMANDS["reopen"], request("It is back", open_incidents=opened(1)))
    assert values(question) == []
    assert "works in a war room" in said(question)


def test_a_text_too_long_for_a_button_must_be_typed_again_with_the_reference() -> None:
    text = "x" * BUTTON_VALUE_MAX
    question = questions.ask_which_open(COMMANDS["update"], request(text, open_incidents=opened(1)))
    assert values(question) == []
    assert "`/incident update INC-1: …`" in said(question)


def test_each_of_two_buttons_has_the_text_that_it_means() -> None:
    question = questions.ask_which_of_two(
        COMMANDS["resolve"], request("INC-2 rolled back", incident=ONE), TWO
    )
    assert [(each["number"], each["text"]) for each in values(question)] == [
        (1, "INC-2 rolled back"),
        (2, "rolled back"),
    ]


def test_a_press_continues_the_act() -> None:
    question = questions.ask_which_of_two(
        COMMANDS["resolve"], request("INC-2 rolled back", incident=ONE), TWO
    )
    outcome = BUTTONS["chosen"].handle(continued(question, 1))
    (end,) = changes(outcome, TWO)
    assert "rolled back" in str(end)


def test_a_confirmed_act_is_done() -> None:
    typed = request("at 2020-01-01 10:00 utc made", incident=ONE)
    refused = refusal(COMMANDS["note"].action.handle(typed), ONE)
    question = questions.ask_if_sure(COMMANDS["note"], typed, refused)
    assert "Is the date right?" in said(question)
    outcome = BUTTONS["chosen"].handle(continued(question))
    assert isinstance(outcome, ChangeIncident)
    assert changes(outcome, ONE)


def test_a_message_marked_outside_a_war_room_is_added_to_the_chosen_timeline() -> None:
    mark = MarkedMessage("C9", "1.1")
    question = questions.ask_where_to_note(request(message=mark, open_incidents=opened(1)))
    assert question is not None
    pressed = replace(continued(question), message=mark)
    assert values(question)[0]["mark"] == ["C9", "1.1"]
    assert isinstance(BUTTONS["chosen"].handle(pressed), Show)


@pytest.mark.parametrize("message", [None, MarkedMessage("C9", "1.1")])
def test_without_open_incidents_there_is_nothing_to_choose(message: MarkedMessage | None) -> None:
    assert questions.ask_where_to_note(request(message=message)) is None


@pytest.mark.parametrize("about", [{}, {"word": "gone"}])
def test_a_button_without_a_value_asks_the_person_to_type_it_again(about: dict[str, str]) -> None:
    outcome = BUTTONS["chosen"].handle(request(incident=ONE, metadata=about))
    assert isinstance(outcome, Refused)
    assert "type it again" in outcome.message


def test_a_person_who_may_have_meant_another_incident_is_told_the_command_for_it() -> None:
    told = questions.say_where_recorded(COMMANDS["note"], request("INC-2 is alike", incident=ONE), TWO)
    assert "Recorded on *INC-1*" in said(told)
    verbatim = [each["text"] for each in objects(told.blocks) if each.get("type") == "text"]
    assert verbatim == ["/incident note INC-2: is alike"]
