"""Settling an action item in one line: what is typed, what it does, and what is said of mistakes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.followup.commands.change_arguments import ItemChange, is_about_existing, parse_change
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem, evolve
from bot.followup.domain.listing import ListedItem
from bot.incident.commands import parsing, registry
from bot.incident.commands.request import OpenForm, Outcome, Reply, Write
from bot.incident.domain import rules as incident_rules
from bot.incident.domain.permissions import Capability
from tests.followup.domain.items import DUE, item
from tests.incident.commands.factory import form, refusal, request
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared
from tests.incident.views.reading import said

FRIDAY = date(2026, 11, 27)


def typed(words: str, about: ActionItem | None = None, **more: Any) -> Outcome:
    """Carol types `/incident action <words>`; the loader has found ACT-1 of INC-42."""
    command = parsing.parse(f"action {words}")
    assert command.command is not None
    found = ListedItem(about or item(), "Bob Brown")
    asked = replace(request(command.text, incident=more.pop("incident", declared())), loaded=found, **more)
    return command.command.action.handle(asked)


def change(words: str, about: ActionItem | None = None) -> Any:
    about = about or item()
    outcome = typed(words, about)
    assert isinstance(outcome, Write), outcome
    assert (outcome.subject, outcome.number) == ("action item", 1)
    decided = outcome.decide(about)
    if isinstance(decided, Refused):
        return decided
    (fact,) = decided
    assert outcome.done(evolve(about, fact)).text
    return fact


@pytest.mark.parametrize(
    ("words", "parsed"),
    [
        ("done ACT-3 https://x/7", ItemChange("done", 3, "https://x/7")),
        ("ACT-3 done: it rang", ItemChange("done", 3, "it rang")),
        ("close act3", ItemChange("done", 3)),
        ("done 3", ItemChange("done", 3)),
        ("drop ACT-3, replaced in March", ItemChange("drop", 3, "replaced in March")),
        ("move act 3 to friday", ItemChange("move", 3, "friday")),
        ("ACT-3 by 3 dec vendor is late", ItemChange("move", 3, "3 dec vendor is late")),
        ("ACT-3 <@U1|bob>", ItemChange("give", 3, "<@U1|bob>")),
        ("ACT-3 to @bob", ItemChange("give", 3, "@bob")),
        ("give ACT-3 to @bob", ItemChange("give", 3, "@bob")),
        ("give ACT-3", ItemChange("give", 3)),
        ("give ACT-3 somebody", ItemChange("give", 3, "somebody")),
        ("ACT-3 me", ItemChange("give", 3, "me")),
        ("take ACT-3", ItemChange("give", 3, "me")),
        ("undo ACT-3", ItemChange("undo", 3)),
        ("ACT-3", ItemChange("show", 3)),
        ("ACT-3 needs an alert too by friday @bob", None),
        ("ACT-3 @bob check it", None),
        ("@bob by friday finish ACT-3", None),
        ("fix ACT-3", None),
        ("done soon", None),
        ("", None),
    ],
)
def test_only_what_names_an_item_first_is_about_one(words: str, parsed: ItemChange | None) -> None:
    assert parse_change(words) == parsed
    assert is_about_existing(words) is (parsed is not None)


@pytest.mark.parametrize("words", ["done", "Drop", " move ", "undo"])
def test_a_word_for_a_change_alone_is_asked_for_its_number(words: str) -> None:
    verb = words.strip().lower()
    assert is_about_existing(words), "no incident is asked for"
    assert typed(words) == Refused(
        f"Which action item? Write its number: `/incident action {verb} ACT-3`. `/incident actions` lists them."
    )
    command = parsing.parse(f"action {words}").command
    assert command is not None
    assert command.action.needed(replace(request(words), loaded=None)) == (Capability.READ,)


def test_it_is_done_with_a_proof() -> None:
    assert change("done ACT-1  https://x/7") == facts.ActionItemDone(at=NOW, by=CAROL, proof="https://x/7")
    assert form(typed("done ACT-1"))["callback_id"] == "action_done", "without a proof the form asks"
    assert "characters; at most 500 fit" in change("done ACT-1 " + "x" * 501).message


def test_it_is_dropped_with_a_reason() -> None:
    assert change("drop ACT-1 replaced") == facts.ActionItemDropped(at=NOW, by=CAROL, reason="replaced")
    assert form(typed("drop ACT-1"))["callback_id"] == "action_drop"


def test_it_is_moved_to_a_day_with_or_without_a_reason() -> None:
    moved = facts.ActionItemMoved(at=NOW, by=CAROL, due_on=FRIDAY, previous=DUE, reason="")
    assert change("move ACT-1 friday") == moved
    assert change("move ACT-1 by friday: the vendor is late") == replace(moved, reason="the vendor is late")
    assert form(typed("move ACT-1"))["callback_id"] == "action_move"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2026-02-31", "There is no day “2026-02-31”."),
        ("2026-01-05", "2026-01-05 is over: choose a day that is still to come."),
        ("2031-01-05", "more than two years away"),
        (DUE.isoformat(), "ACT-1 is due on that day already."),
        (
            "whenever",
            "I see no day in “whenever”. Write it after the number: `/incident action move ACT-1 friday`",
        ),
    ],
)
def test_a_day_that_cannot_be_is_told_in_a_sentence(words: str, why: str) -> None:
    outcome = typed(f"move ACT-1 {words}")
    refused = outcome if isinstance(outcome, Refused) else change(f"move ACT-1 {words}")
    assert why in refused.message


def test_where_the_zone_is_unknown_only_a_whole_date_is_understood() -> None:
    assert "time zone" in refusal(typed("move ACT-1 friday", people={})).message
    assert isinstance(typed("move ACT-1 2026-11-27", people={}), Write)


def test_the_third_move_needs_a_reason() -> None:
    moved = item()
    for days in (1, 2):
        moved = evolve(
            moved,
            facts.ActionItemMoved(at=NOW, by=BOB, due_on=DUE + timedelta(days), previous=DUE, reason=""),
        )
    assert "was moved 2 times already. Say why" in change("move ACT-1 friday", moved).message
    assert change("move ACT-1 friday the vendor is late", moved).reason == "the vendor is late"


def test_it_is_handed_over_or_taken() -> None:
    given = facts.ActionItemAssigned(at=NOW, by=CAROL, owner=ALICE, previous=BOB)
    assert change(f"ACT-1 <@{ALICE}>") == given
    assert change("take ACT-1") == replace(given, owner=CAROL)
    assert change("ACT-1 myself").owner == CAROL
    assert form(typed("give ACT-1"))["callback_id"] == "action_give"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ACT-1 @nobody", "I do not know @nobody"),
        ("ACT-1 <@U0APP>", "An app cannot take an action item"),
        ("ACT-1 <@U0GONE>", "U0GONE"),
        ("give ACT-1 somebody", "I see no person in “somebody”: write `/incident action ACT-1 @person`."),
    ],
)
def test_who_cannot_have_it_is_told_in_a_sentence(words: str, why: str) -> None:
    assert why in refusal(typed(words)).message


def test_who_has_it_already_is_told() -> None:
    assert f"<@{BOB}> already has ACT-1" in change(f"ACT-1 <@{BOB}>").message


def test_a_private_incidents_item_is_given_to_its_people_only() -> None:
    private = declared(private=True)
    assert "which is private" in refusal(typed(f"ACT-1 <@{BOB}>", incident=private)).message


OVER = evolve(item(), facts.ActionItemDone(at=NOW, by=BOB, proof="it rang"))


@pytest.mark.parametrize(
    "words", ["done ACT-1", "done ACT-1 x", "drop ACT-1", "move ACT-1", "move ACT-1 x", "give ACT-1"]
)
def test_what_is_over_is_only_opened_again(words: str) -> None:
    outcome = typed(words, OVER)
    refused = outcome if isinstance(outcome, Refused) else change(words, OVER)
    assert f"ACT-1 is already done, by <@{BOB}>" in refused.message
    assert "There is no day" not in refused.message
    assert change("undo ACT-1", OVER) == facts.ActionItemReopened(at=NOW, by=CAROL)
    assert "is open already" in change("undo ACT-1").message


def test_a_day_that_cannot_be_is_no_matter_of_one_that_is_over() -> None:
    assert "already done" in refusal(typed("move ACT-1 2026-02-31", OVER)).message


def test_the_items_of_a_false_alarm_are_settled_but_none_is_added() -> None:
    cancelled = after(declared(), incident_rules.cancel(declared(), by=BOB, now=NOW))
    assert isinstance(typed("drop ACT-1 it was a false alarm", incident=cancelled), Write)
    assert "false alarm" in refusal(typed("me by friday add it", incident=cancelled)).message


def test_alone_it_shows_the_item_with_its_buttons() -> None:
    outcome = typed("ACT-1")
    assert isinstance(outcome, Reply)
    assert "*ACT-1* Add an alert on replica lag" in said(outcome.message)
    assert "Done" in said(outcome.message)


def test_what_nobody_finds_is_told_where_they_are() -> None:
    action = registry.COMMANDS["action"].action
    lost = request("done ACT-9 x")
    assert action.needed(lost) == (Capability.READ,)
    assert "not there any more, or you may not see it" in refusal(action.handle(lost)).message
    assert not isinstance(action.handle(lost), OpenForm)


def test_owners_need_no_more_than_to_own_it() -> None:
    action = registry.COMMANDS["action"].action
    loaded = replace(request("done ACT-1 x", incident=declared()), loaded=ListedItem(item()))
    assert action.needed(loaded) == (Capability.CHANGE,)
    assert action.needed(replace(loaded, actor=BOB)) == (Capability.OWN,)
    assert action.needed(request("me by friday x", incident=declared())) == (Capability.CHANGE,)
