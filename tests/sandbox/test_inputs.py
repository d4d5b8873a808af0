"""Inputs in modals: what Slack's client checks, and what the app receives."""

from typing import Any

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, Person
from tests.sandbox.blocks import modal, option, text_input
from tests.sandbox.forms import choice, open_modal
from tests.sandbox.recorder import Recorder


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


@pytest.mark.parametrize(
    ("block", "value", "problem"),
    [
        (text_input(), "", "required"),
        (text_input(min_length=3), "ab", "at least 3"),
        (text_input(min_length=3), "abc", None),
        (text_input(max_length=3), "abc", None),
        (text_input(max_length=3), "abcd", "at most 3"),
        ({**text_input(), "optional": True}, "", None),
        (choice("number_input", is_decimal_allowed=False, min_value="1", max_value="5"), "0", "at least 1"),
        (choice("number_input", is_decimal_allowed=False, min_value="1", max_value="5"), "5", None),
        (choice("number_input", is_decimal_allowed=False, min_value="1", max_value="5"), "6", "at most 5"),
        (choice("number_input", is_decimal_allowed=False), "1.5", "whole number"),
        (choice("number_input", is_decimal_allowed=True), "1.5", None),
        (choice("number_input", is_decimal_allowed=True), "one", "a number"),
        (choice("email_text_input"), "alice", "email"),
        (choice("email_text_input"), "alice@example.com", None),
        (choice("url_text_input"), "example", "URL"),
        (choice("url_text_input"), "https://example.com", None),
        (choice("multi_users_select", max_selected_items=1), ["alice", "bob"], "at most 1"),
        (choice("multi_users_select", max_selected_items=2), ["alice", "bob"], None),
        (choice("multi_users_select"), [], "required"),
    ],
)
async def test_the_client_checks_inputs_before_the_app_receives_them(
    app: Recorder, alice: Person, block: dict[str, Any], value: Any, problem: str | None
) -> None:
    await open_modal(app, alice, modal(block))
    outcome = await alice.submit(**{block["block_id"]: value})
    if problem is None:
        assert outcome["field_errors"] == {}
        assert await app.payload("view_submission")
    else:
        assert problem in outcome["field_errors"][block["block_id"]]
        assert app.kinds() == []


@pytest.mark.parametrize(
    ("element", "value", "member", "state"),
    [
        ({"type": "static_select", "options": [option("a")]}, "A", "selected_option", option("a")),
        ({"type": "radio_buttons", "options": [option("a")]}, "a", "selected_option", option("a")),
        (
            {"type": "checkboxes", "options": [option("a"), option("b")]},
            ["b"],
            "selected_options",
            [option("b")],
        ),
        ({"type": "datepicker"}, "2026-01-31", "selected_date", "2026-01-31"),
        ({"type": "timepicker"}, "09:30", "selected_time", "09:30"),
        ({"type": "datetimepicker"}, 1_764_000_000, "selected_date_time", 1_764_000_000),
        ({"type": "email_text_input"}, "a@b.example", "value", "a@b.example"),
    ],
)
async def test_each_element_has_its_value_in_its_own_member(
    app: Recorder, alice: Person, *, element: dict[str, Any], value: Any, member: str, state: Any
) -> None:
    await open_modal(app, alice, modal(choice(**{"kind": element["type"], **element})))
    await alice.submit(pick=value)
    values = (await app.payload("view_submission"))["view"]["state"]["values"]
    assert values["menu"]["pick"] == {"type": element["type"], member: state}


async def test_people_and_channels_can_be_chosen_by_name(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    who, where = choice("users_select"), {**choice("channels_select"), "block_id": "where"}
    await open_modal(app, alice, modal(who, where))
    await alice.submit(menu="bob", where="#random")
    values = (await app.payload("view_submission"))["view"]["state"]["values"]
    assert values["menu"]["pick"]["selected_user"] == sandbox.users["bob"]
    assert values["where"]["pick"]["selected_channel"] == sandbox.channels["random"]


async def test_typed_rich_text_arrives_as_rich_text(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(choice("rich_text_input")))
    await alice.submit(menu="so it was")
    value = (await app.payload("view_submission"))["view"]["state"]["values"]["menu"]["pick"]
    assert value["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "so it was"}]


async def test_an_input_can_be_cleared(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(text_input(initial_value="start")))
    outcome = await alice.submit(name="")
    assert "required" in outcome["field_errors"]["name"]
    await alice.choose("typed", "again", modal=True)
    assert (await alice.see())["modals"][0]["state"]["values"]["name"]["typed"]["value"] == "again"
