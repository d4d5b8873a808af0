"""`/incident action` and its shortcut, without a database."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.core.messages import no_message
from bot.followup.commands.loaded import page_of, today_of
from bot.incident.commands.registry import SHORTCUTS
from bot.incident.commands.request import MarkedMessage, Reply, Write
from bot.incident.domain import rules
from tests.incident.commands.factory import POLICY, form, press, refusal, reply, request, say, submit, use
from tests.incident.domain.situations import ALICE, BOB, NOW, after, declared, resolved
from tests.incident.views.reading import buttons, fields, said

MARKED = MarkedMessage("C1", "1.1", "we never alert on <@U1|lag>")


def test_a_message_opens_the_form_with_its_text_and_link() -> None:
    opened = form(use("make_action_item", resolved(), message=MARKED, metadata={"link": "https://slack/p1"}))
    assert json.loads(opened["private_metadata"]) == {"number": 42, "link": "https://slack/p1"}
    assert "this message" in said(opened)


def test_a_reaction_asks_with_a_button_that_carries_text_and_link() -> None:
    marked = replace(MARKED, by_reaction=True)
    outcome = use("make_action_item", declared(), message=marked, metadata={"link": "https://slack/p1"})
    assert isinstance(outcome, Reply)
    assert "needs an owner and a day" in reply(outcome)
    carried = json.loads(buttons(outcome.message)["action_item"]["value"])
    assert carried == {"number": 42, "text": "we never alert on @lag", "link": "https://slack/p1"}
    text = form(press("action_item", declared(), metadata={"link": "https://slack/p1"}))
    assert "this message" in said(text)
    pressed = use("make_action_item", declared(), message=marked, metadata={"mark": ["C1", "1.1", True]})
    assert form(pressed)["callback_id"] == "action_item"


def test_a_text_alone_makes_the_button_open_the_form_with_it() -> None:
    outcome = SHORTCUTS["make_action_item"].handle(request("from a button", incident=declared()))
    assert "from a button" in str(form(outcome))


@pytest.mark.parametrize("by_reaction", [True, False])
def test_a_false_alarm_is_made_no_action_item_of(by_reaction: bool) -> None:  # noqa: FBT001  # pytest's way
    cancelled = after(declared(), rules.cancel(declared(), by=BOB, now=NOW))
    marked = replace(MARKED, by_reaction=by_reaction)
    assert "false alarm" in refusal(use("make_action_item", cancelled, message=marked)).message
    assert "false alarm" in refusal(press("action_item", cancelled)).message
    assert "false alarm" in refusal(say("action me by friday add it", cancelled)).message


def test_an_app_or_a_stranger_owns_nothing() -> None:
    app = submit("action_item", declared(), text="x", person="U0APP", due="2026-12-01")
    assert refusal(app).message == "An app cannot take an action item: choose a person."
    private = declared(private=True)
    filled_in: dict[str, Any] = {"text": "x", "due": "2026-12-01"}
    assert "which is private" in refusal(submit("action_item", private, person=BOB, **filled_in)).message
    assert isinstance(submit("action_item", private, person=ALICE, **filled_in), Write)


def test_a_handler_that_forgot_to_ask_for_the_list_says_so() -> None:
    with pytest.raises(TypeError, match="loads=LIST"):
        page_of(request())


def test_without_a_known_zone_the_teams_day_counts() -> None:
    late = NOW.replace(hour=23, minute=30)
    unknown = replace(request(now=late), people={})
    assert today_of(unknown) == late.date()
    in_berlin = replace(unknown, policy=replace(POLICY, time_zone="Europe/Berlin"))
    assert today_of(in_berlin) == date(late.year, late.month, late.day + 1)


async def test_where_messages_cannot_be_read_nothing_is_known_of_them() -> None:
    assert await no_message("C1", "1.1") is None


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ("by friday add an alert", "I still need an owner."),
        (f"<@{BOB}> add an alert", "I still need a day."),
        ("add an alert", "I still need an owner and a day."),
        (f"<@{BOB}> by friday", "I still need what is to be done."),
    ],
)
def test_what_is_missing_is_asked_for_and_what_is_there_is_kept(typed: str, missing: str) -> None:
    opened = form(say(f"action {typed}", declared()))
    assert missing in said(opened)
    given = {name: str(field["element"]) for name, field in fields(opened).items()}
    assert ("add an alert" in given["text"], BOB in given["person"], "2026-11-27" in given["due"]) == (
        "alert" in typed,
        BOB in typed,
        "friday" in typed,
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("by 2026-02-31 add it", "There is no day “by 2026-02-31”."),
        ("@ben by friday add it", "I do not know @ben"),
    ],
)
def test_what_cannot_be_is_refused(typed: str, why: str) -> None:
    assert why in refusal(say(f"action {typed}", declared())).message


@pytest.mark.parametrize(
    ("day", "why"), [("2026-01-01", "2026-01-01 is over"), ("2031-01-01", "more than two years away")]
)
def test_a_day_that_is_over_or_far_away_is_refused_by_the_rule(day: str, why: str) -> None:
    outcome = say(f"action <@{BOB}> by {day} add it", declared())
    assert isinstance(outcome, Write)
    decision = outcome.decide(1)
    assert isinstance(decision, Refused)
    assert why in decision.message
