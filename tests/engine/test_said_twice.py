"""Twice is once: a form that is corrected and sent again, a double click, words typed anew, one alert and two people."""

import json

import pytest

from bot.core.alike import MOMENT
from bot.incident.commands.request import MarkedMessage
from bot.incident.domain import facts, rules
from bot.ports.slack.calls import CreateChannel, UploadFile
from tests.engine.desk import Desk, said
from tests.engine.world import BEN, CLEO, World

FORM = {"title": "Checkout is failing", "severity": "2", "summary": "Since noon"}
ALERT = MarkedMessage("CALERTS", "1700000000.000100", "Checkout: 40 % errors")
FROM_ALERT = {"source": "https://slack/p1", "channel": "", "message": ["CALERTS", "1700000000.000100", ""]}


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


async def _facts(desk: Desk, kind: type) -> int:
    return sum(isinstance(entry.fact, kind) for entry in await desk.world.timeline(1))


async def _rooms(desk: Desk) -> int:
    await desk.world.deliver()
    return len(desk.world.slack.of(CreateChannel))


# A form whose ack was lost, and which is sent again.


async def test_a_form_sent_again_as_it_was_is_answered_as_before(desk: Desk) -> None:
    first = await desk.submit("declare", FORM, view="V1")
    assert await desk.submit("declare", FORM, view="V1") == first
    assert await _rooms(desk) == 1


async def test_a_corrected_declaration_keeps_its_text_and_is_told_which_one_counts(desk: Desk) -> None:
    await desk.submit("declare", FORM, view="V1")
    again = await desk.submit("declare", FORM | {"title": "Payments are failing"}, view="V1")
    assert again.refused is not None
    assert again.refused.field == "title"
    assert "has declared INC-1, “Checkout is failing”. That one counts" in again.refused.message
    assert (await desk.world.incident(1)).title == "Checkout is failing"
    assert await _rooms(desk) == 1


async def test_a_declaration_of_an_earlier_release_counts_whatever_the_form_says_now(desk: Desk) -> None:
    await desk.world.declare(act="form:V1")
    assert (await desk.submit("declare", FORM, view="V1")).refused is None
    assert await _rooms(desk) == 1


async def test_a_corrected_update_or_note_is_a_new_one_and_that_too_is_done_once(desk: Desk) -> None:
    await desk.world.declare()
    for text in ("Half of it works", "Half of it works", "All of it works", "All of it works"):
        assert (await desk.submit("update", {"conditions": text}, view="V1", number=1)).refused is None
        assert (await desk.submit("note", {"text": text}, view="V2", number=1)).refused is None
    assert await _facts(desk, facts.UpdatePosted) == 2
    assert await _facts(desk, facts.Noted) == 2
    assert (await desk.world.incident(1)).update == "All of it works"


async def test_where_the_correction_can_no_more_be_done_the_form_says_what_counts(desk: Desk) -> None:
    await desk.world.declare()
    await desk.submit("resolve", {"summary": "Rolled back"}, view="V1", number=1)
    again = await desk.submit("resolve", {"summary": "Rolled forward"}, view="V1", number=1)
    assert again.refused is not None
    assert "is resolved" in again.refused.message
    assert "when it was first sent is recorded, and counts" in again.refused.message


# What is done again because Slack said that it had failed, or because of a double click.


async def test_a_declaration_typed_three_times_is_one_and_the_others_are_shown_it(desk: Desk) -> None:
    first = await desk.word("declare sev1 Checkout is failing")
    assert "Opening a war room" in said(first)
    await desk.world.deliver()
    for typed in ("declare sev1 Checkout is failing", "declare sev2  checkout is FAILING"):
        again = await desk.word(typed)
        assert "has already declared this: *INC-1*" in said(again)
        assert "<#CROOM1>" in said(again)
        assert again.message is not None
        assert "Declare another one" in str(again.message.blocks)
    assert await _rooms(desk) == 1


async def test_another_one_with_the_same_words_is_declared_deliberately_and_once(desk: Desk) -> None:
    await desk.word("declare sev1 Checkout is failing")
    asked = await desk.word("declare sev1 Checkout is failing")
    assert asked.message is not None
    (button,) = asked.message.blocks[-1]["elements"]
    for _ in range(2):  # a double click
        answer = await desk.press(button["action_id"], number=None, text=json.loads(button["value"])["text"])
        assert "Checkout is failing" in said(answer)
        assert answer.refused is None
    assert await _rooms(desk) == 2
    assert (await desk.world.incident(2)).severity == 1


async def test_a_button_to_declare_another_one_whose_words_are_none_asks_in_the_form(desk: Desk) -> None:
    assert (await desk.press("declare_again", number=None, text="")).view is not None
    assert (await desk.press("declare_again", number=None, text="sev1 " + "x" * 200)).refused is not None


async def test_others_and_later_ones_may_use_the_same_words(desk: Desk) -> None:
    await desk.word("declare sev1 Checkout is failing")
    await desk.word("declare sev1 Checkout is failing", actor=BEN)
    desk.world.clock.forward(seconds=MOMENT.total_seconds())
    await desk.word("declare sev1 Checkout is failing")
    assert await _rooms(desk) == 3
    await desk.word("declare sev1 Checkout is failing")  # and from the last one the moment counts anew
    assert await _rooms(desk) == 3


async def test_a_note_or_update_typed_three_times_is_recorded_once_and_that_is_told(desk: Desk) -> None:
    await desk.word("declare sev1 Down")
    await desk.world.deliver()
    for words in ("note Since noon", "note at 10 min ago errors jumped", "update Half of it works"):
        assert (await desk.word(words)).message is None
        for _ in range(2):
            assert "recorded a moment ago already" in said(await desk.word(words))
    assert await _facts(desk, facts.Noted) == 2
    assert await _facts(desk, facts.UpdatePosted) == 1


async def test_no_change_pressed_twice_is_one_update(desk: Desk) -> None:
    await desk.world.declare()
    await desk.world.change(1, rules.post_update, "Half of it works")
    desk.world.clock.forward(minutes=5)
    await desk.press("no_change")
    again = await desk.press("no_change")
    assert "recorded a moment ago already" in said(again)
    assert await _facts(desk, facts.UpdatePosted) == 2
    desk.world.clock.forward(seconds=MOMENT.total_seconds())
    await desk.press("no_change")
    assert await _facts(desk, facts.UpdatePosted) == 3


async def test_a_double_click_on_the_draft_makes_one_file(desk: Desk) -> None:
    await desk.world.declare()
    await desk.press("postmortem")
    assert "one is enough" in said(await desk.press("postmortem", actor=BEN))
    await desk.world.deliver()
    assert len(desk.world.slack.of(UploadFile)) == 1


async def test_a_draft_after_something_has_happened_or_later_is_another_one(desk: Desk) -> None:
    await desk.world.declare()
    await desk.press("postmortem")
    await desk.world.change(1, rules.post_update, "Half of it works")
    await desk.press("postmortem")
    desk.world.clock.forward(seconds=MOMENT.total_seconds())
    await desk.press("postmortem")
    await desk.world.deliver()
    assert len(desk.world.slack.of(UploadFile)) == 3


# Two people and one alert.


async def test_of_two_who_declare_from_one_alert_the_second_is_shown_the_first(desk: Desk) -> None:
    opened = await desk.shortcut("declare_from_message", ALERT, actor=BEN, channel="CALERTS")
    assert opened.view is not None
    assert '"message": ["CALERTS", "1700000000.000100", ""]' in opened.view["private_metadata"]
    await desk.submit("declare", FORM, metadata=FROM_ALERT)
    await desk.world.deliver()
    second = FORM | {"title": "Many errors", "summary": "In Asia"}
    asked = await desk.submit("declare", second, metadata=FROM_ALERT, actor=BEN, view="V2")
    assert "has already declared this: *INC-1*" in said(asked)
    assert "<#CROOM1>" in said(asked)
    assert all(text in said(asked) for text in second.values())
    assert await _rooms(desk) == 1


async def test_the_second_may_go_on_deliberately(desk: Desk) -> None:
    await desk.submit("declare", FORM, metadata=FROM_ALERT)
    asked = await desk.submit("declare", FORM, metadata=FROM_ALERT, actor=BEN, view="V2")
    assert asked.replace is not None
    assert '"again": true' in asked.replace["private_metadata"]
    for _ in range(2):
        answer = await desk.submit(
            "declare", FORM, metadata={**FROM_ALERT, "again": True}, actor=BEN, view="V2"
        )
        assert answer.refused is None
    assert await _rooms(desk) == 2


async def test_a_year_later_the_same_message_still_leads_to_the_first(desk: Desk) -> None:
    await desk.submit("declare", FORM, metadata=FROM_ALERT)
    desk.world.clock.forward(days=365)
    assert "INC-1" in said(await desk.submit("declare", FORM, metadata=FROM_ALERT, actor=BEN))
    assert await _rooms(desk) == 1


async def test_whoever_does_not_belong_to_a_private_one_does_not_learn_of_it(desk: Desk) -> None:
    await desk.submit("declare", FORM | {"private": ["private"]}, metadata=FROM_ALERT)
    answer = await desk.submit("declare", FORM, metadata=FROM_ALERT, actor=CLEO)
    assert "INC-1" not in said(answer)
    assert await _rooms(desk) == 2
