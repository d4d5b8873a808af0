"""Acts that are repeated: a corrected form, a double click, the same words again, two people with one alert."""

import json

import pytest

from bot.core.dedup import MOMENT
from bot.incident.commands.request import MarkedMessage
from bot.incident.domain import facts, rules
from bot.ports.slack.calls import CreateChannel, UploadFile
from tests.engine.user import User, said
from tests.engine.world import BEN, CLEO, World

FORM = {"title": "Checkout is failing", "severity": "2", "summary": "Since noon"}
ALERT = MarkedMessage("CALERTS", "1700000000.000100", "Checkout: 40 % errors")
FROM_ALERT = {"source": "https://slack/p1", "channel": "", "message": ["CALERTS", "1700000000.000100", ""]}


@pytest.fixture
def user(world: World) -> User:
    return User(world)


async def _facts(user: User, kind: type) -> int:
    return sum(isinstance(entry.fact, kind) for entry in await user.world.timeline(1))


async def _rooms(user: User) -> int:
    await user.world.deliver()
    return len(user.world.slack.of(CreateChannel))


# A form whose ack was lost and that is submitted again.


async def test_an_unchanged_form_that_is_submitted_again_gets_the_same_answer(user: User) -> None:
    first = await user.submit("declare", FORM, view="V1")
    assert await user.submit("declare", FORM, view="V1") == first
    assert await _rooms(user) == 1


async def test_a_corrected_declaration_keeps_its_text_and_says_which_one_counts(user: User) -> None:
    await user.submit("declare", FORM, view="V1")
    again = await user.submit("declare", FORM | {"title": "Payments are failing"}, view="V1")
    assert again.refused is not None
    assert again.refused.field == "title"
    assert "has declared INC-1, “Checkout is failing”. That one counts" in again.refused.message
    assert (await user.world.incident(1)).title == "Checkout is failing"
    assert await _rooms(user) == 1


async def test_a_declaration_of_an_earlier_release_counts_even_if_the_form_has_changed(user: User) -> None:
    await user.world.declare(act="form:V1")
    assert (await user.submit("declare", FORM, view="V1")).refused is None
    assert await _rooms(user) == 1


async def test_a_corrected_update_or_note_is_recorded_as_a_new_one_once(user: User) -> None:
    await user.world.declare()
    for text in ("Half of it works", "Half of it works", "All of it works", "All of it works"):
        assert (await user.submit("update", {"conditions": text}, view="V1", number=1)).refused is None
        assert (await user.submit("note", {"text": text}, view="V2", number=1)).refused is None
    assert await _facts(user, facts.UpdatePosted) == 2
    assert await _facts(user, facts.Noted) == 2
    assert (await user.world.incident(1)).update == "All of it works"


async def test_if_a_correction_is_no_longer_possible_the_form_says_what_counts(user: User) -> None:
    await user.world.declare()
    await user.submit("resolve", {"summary": "Rolled back"}, view="V1", number=1)
    again = await user.submit("resolve", {"summary": "Rolled forward"}, view="V1", number=1)
    assert again.refused is not None
    assert "is resolved" in again.refused.message
    assert "when it was first sent is recorded, and counts" in again.refused.message


# Acts that are repeated because Slack said that they had failed, or because of a double click.


async def test_a_declaration_typed_three_times_makes_one_incident_and_the_repeats_show_it(user: User) -> None:
    first = await user.word("declare sev1 Checkout is failing")
    assert "Opening a war room" in said(first)
    await user.world.deliver()
    for typed in ("declare sev1 Checkout is failing", "declare sev2  checkout is FAILING"):
        again = await user.word(typed)
        assert "You have already declared this: *INC-1*" in said(again)
        assert "<#CROOM1>" in said(again)
        assert again.message is not None
        assert "Declare another one" in str(again.message.blocks)
    assert await _rooms(user) == 1


async def test_a_second_incident_with_the_same_title_needs_a_button_and_is_declared_once(user: User) -> None:
    await user.word("declare sev1 Checkout is failing")
    asked = await user.word("declare sev1 Checkout is failing")
    assert asked.message is not None
    (button,) = asked.message.blocks[-1]["elements"]
    for _ in range(2):  # a double click
        answer = await user.press(button["action_id"], number=None, text=json.loads(button["value"])["text"])
        assert "Checkout is failing" in said(answer)
        assert answer.refused is None
    assert await _rooms(user) == 2
    assert (await user.world.incident(2)).severity == 1


async def test_the_button_to_declare_another_one_without_words_opens_the_form(user: User) -> None:
    assert (await user.press("declare_again", number=None, text="")).view is not None
    assert (await user.press("declare_again", number=None, text="sev1 " + "x" * 200)).refused is not None


async def test_other_people_and_later_declarations_may_use_the_same_words(user: User) -> None:
    await user.word("declare sev1 Checkout is failing")
    await user.word("declare sev1 Checkout is failing", actor=BEN)
    user.world.clock.forward(seconds=MOMENT.total_seconds())
    await user.word("declare sev1 Checkout is failing")
    assert await _rooms(user) == 3
    await user.word("declare sev1 Checkout is failing")  # and the time is counted again from the last one
    assert await _rooms(user) == 3


async def test_a_note_or_update_typed_three_times_is_recorded_once_and_the_person_is_told(user: User) -> None:
    await user.word("declare sev1 Down")
    await user.world.deliver()
    for words in ("note Since noon", "note at 10 min ago errors jumped", "update Half of it works"):
        assert (await user.word(words)).message is None
        for _ in range(2):
            assert "recorded a moment ago already" in said(await user.word(words))
    assert await _facts(user, facts.Noted) == 2
    assert await _facts(user, facts.UpdatePosted) == 1


async def test_no_change_pressed_twice_is_one_update(user: User) -> None:
    await user.world.declare()
    await user.world.change(1, rules.post_update, "Half of it works")
    user.world.clock.forward(minutes=5)
    await user.press("no_change")
    again = await user.press("no_change")
    assert "recorded a moment ago already" in said(again)
    assert await _facts(user, facts.UpdatePosted) == 2
    user.world.clock.forward(seconds=MOMENT.total_seconds())
    await user.press("no_change")
    assert await _facts(user, facts.UpdatePosted) == 3


async def test_a_double_click_on_the_draft_makes_one_file(user: User) -> None:
    await user.world.declare()
    await user.press("postmortem")
    assert "one is enough" in said(await user.press("postmortem", actor=BEN))
    await user.world.deliver()
    assert len(user.world.slack.of(UploadFile)) == 1


async def test_a_draft_after_a_change_or_later_is_a_new_one(user: User) -> None:
    await user.world.declare()
    await user.press("postmortem")
    await user.world.change(1, rules.post_update, "Half of it works")
    await user.press("postmortem")
    user.world.clock.forward(seconds=MOMENT.total_seconds())
    await user.press("postmortem")
    await user.world.deliver()
    assert len(user.world.slack.of(UploadFile)) == 3


# Two people and one alert.


async def test_the_second_person_to_declare_from_one_alert_is_shown_the_first_incident(user: User) -> None:
    opened = await user.shortcut("declare_from_message", ALERT, actor=BEN, channel="CALERTS")
    assert opened.view is not None
    assert '"message": ["CALERTS", "1700000000.000100", ""]' in opened.view["private_metadata"]
    await user.submit("declare", FORM, metadata=FROM_ALERT)
    await user.world.deliver()
    second = FORM | {"title": "Many errors", "summary": "In Asia"}
    asked = await user.submit("declare", second, metadata=FROM_ALERT, actor=BEN, view="V2")
    assert "has already declared this: *INC-1*" in said(asked)
    assert "<#CROOM1>" in said(asked)
    assert all(text in said(asked) for text in second.values())
    assert await _rooms(user) == 1


async def test_the_second_person_can_still_declare_with_a_button(user: User) -> None:
    await user.submit("declare", FORM, metadata=FROM_ALERT)
    asked = await user.submit("declare", FORM, metadata=FROM_ALERT, actor=BEN, view="V2")
    assert asked.replace is not None
    assert '"again": true' in asked.replace["private_metadata"]
    for _ in range(2):
        answer = await user.submit(
            "declare", FORM, metadata={**FROM_ALERT, "again": True}, actor=BEN, view="V2"
        )
        assert answer.refused is None
    assert await _rooms(user) == 2


async def test_a_year_later_the_same_message_still_leads_to_the_first_incident(user: User) -> None:
    await user.submit("declare", FORM, metadata=FROM_ALERT)
    user.world.clock.forward(days=365)
    assert "INC-1" in said(await user.submit("declare", FORM, metadata=FROM_ALERT, actor=BEN))
    assert await _rooms(user) == 1


async def test_a_person_outside_a_private_incident_does_not_learn_of_it(user: User) -> None:
    await user.submit("declare", FORM | {"private": ["private"]}, metadata=FROM_ALERT)
    answer = await user.submit("declare", FORM, metadata=FROM_ALERT, actor=CLEO)
    assert "INC-1" not in said(answer)
    assert await _rooms(user) == 2
