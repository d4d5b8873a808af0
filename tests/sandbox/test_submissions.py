"""Modals are submitted by people, and answered by the app."""

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, Person
from tests.sandbox.blocks import modal, option, plain, section, text_input
from tests.sandbox.forms import choice, open_modal
from tests.sandbox.recorder import Recorder


async def test_a_submission_contains_what_was_typed(app: Recorder, alice: Person) -> None:
    view = await open_modal(app, alice, modal(text_input(), private_metadata="secret"))
    outcome = await alice.submit(name="fire")
    payload = await app.payload("view_submission")
    assert payload["view"]["state"]["values"]["name"]["typed"]["value"] == "fire"
    assert payload["view"]["private_metadata"] == "secret"
    assert payload["view"]["id"] == view["id"]
    assert outcome["modals"] == []


async def test_initial_values_count_as_typed(app: Recorder, alice: Person) -> None:
    picked = choice("static_select", options=[option("a"), option("b")], initial_option=option("b"))
    await open_modal(app, alice, modal(text_input(initial_value="start"), picked))
    await alice.submit()
    values = (await app.payload("view_submission"))["view"]["state"]["values"]
    assert values["name"]["typed"]["value"] == "start"
    assert values["menu"]["pick"]["selected_option"]["value"] == "b"


async def test_the_apps_errors_show_at_their_fields(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal())
    app.answer = lambda _: {"response_action": "errors", "errors": {"name": "Not that."}}
    outcome = await alice.submit(name="x")
    assert outcome["field_errors"] == {"name": "Not that."}
    assert len(outcome["modals"]) == 1


async def test_errors_for_blocks_that_are_not_inputs_are_refused(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(text_input(), section(block_id="words")))
    app.answer = lambda _: {"response_action": "errors", "errors": {"words": "Not that."}}
    with pytest.raises(ActionFailed, match="invalid_errors"):
        await alice.submit(name="x")
    app.answer = lambda _: {"response_action": "errors", "errors": {"name": None}}
    with pytest.raises(ActionFailed, match="invalid_errors"):
        await alice.submit(name="x")


async def test_a_submission_may_update_push_or_clear(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal())
    app.answer = lambda _: {"response_action": "update", "view": modal(title=plain("Second"))}
    assert [v["title"]["text"] for v in (await alice.submit(name="x"))["modals"]] == ["Second"]
    app.answer = lambda _: {"response_action": "push", "view": modal(title=plain("Third"))}
    stack = (await alice.submit(name="x"))["modals"]
    assert [view["title"]["text"] for view in stack] == ["Second", "Third"]
    assert stack[1]["previous_view_id"] == stack[1]["root_view_id"] == stack[0]["id"]
    app.answer = lambda _: {"response_action": "clear"}
    assert (await alice.submit(name="x"))["modals"] == []


async def test_an_invalid_answer_to_a_submission_is_an_error_for_the_person(
    app: Recorder, alice: Person
) -> None:
    await open_modal(app, alice, modal())
    app.answer = lambda _: {"response_action": "explode"}
    with pytest.raises(ActionFailed, match="invalid_response_action"):
        await alice.submit(name="x")


async def test_a_view_without_a_submit_button_cannot_be_submitted(app: Recorder, alice: Person) -> None:
    view = modal(section())
    del view["submit"]
    await open_modal(app, alice, view)
    with pytest.raises(ActionFailed, match="not_submittable"):
        await alice.submit()


async def test_a_malformed_view_as_answer_to_a_submission_is_an_error_for_the_person(
    app: Recorder, alice: Person
) -> None:
    await open_modal(app, alice, modal())
    app.answer = lambda _: {"response_action": "update", "view": modal(title=plain("x" * 25))}
    with pytest.raises(ActionFailed, match="must be less than 25 characters"):
        await alice.submit(name="x")


async def test_a_stack_has_at_most_three_views(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal())
    app.answer = lambda _: {"response_action": "push", "view": modal()}
    await alice.submit(name="x")
    assert len((await alice.submit(name="x"))["modals"]) == 3
    with pytest.raises(ActionFailed, match="push_limit_reached"):
        await alice.submit(name="x")


async def test_a_modal_may_ask_for_a_channel_to_answer_in(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    picker = choice("conversations_select", response_url_enabled=True)
    await open_modal(app, alice, modal(picker))
    await alice.submit(menu="random")
    urls = (await app.payload("view_submission"))["response_urls"]
    assert urls[0]["channel_id"] == sandbox.channels["random"]
    assert urls[0]["response_url"].startswith("http://127.0.0.1:")


@pytest.mark.parametrize(("action", "error"), [("submit", "no modal is open"), ("close", "no modal is open")])
async def test_without_a_modal_there_is_nothing_to_submit(driver: Driver, action: str, error: str) -> None:
    outcome = await driver.act("alice", action)
    assert error in outcome["error"]


async def test_unknown_inputs_and_options_are_refused(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(choice("static_select", options=[option("a")])))
    with pytest.raises(ActionFailed, match="no_such_input"):
        await alice.submit(other="x")
    with pytest.raises(ActionFailed, match="no_such_option"):
        await alice.submit(menu="b")
    with pytest.raises(ActionFailed, match="no_such_element"):
        await alice.click("missing", modal=True)
