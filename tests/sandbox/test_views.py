"""Modals and Home tabs: opened, updated and closed, and the buttons and menus in them."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, Person
from tests.sandbox.blocks import actions, button, home, modal, option, plain, section, text_input
from tests.sandbox.forms import choice, open_modal
from tests.sandbox.recorder import Recorder


async def test_only_the_person_who_opened_a_modal_sees_it(
    app: Recorder, alice: Person, driver: Driver
) -> None:
    await open_modal(app, alice, modal())
    assert [view["title"]["text"] for view in (await alice.see())["modals"]] == ["Form"]
    assert (await driver.see("bob"))["modals"] == []


async def test_only_the_view_on_top_takes_clicks_and_a_home_tab_by_its_id(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person, driver: Driver
) -> None:
    below = await open_modal(app, alice, modal(actions()))
    app.answer = lambda _: {"response_action": "push", "view": modal()}
    await alice.submit()
    refused = await driver.act("alice", "click", view_id=below["id"], action_id="press")
    assert "not the one on top" in refused["error"]
    app.answer = lambda _: None
    shown = await client.views_publish(user_id=sandbox.users["alice"], view=home(actions()))
    await driver.act("alice", "click", view_id=shown["view"]["id"], action_id="press")
    assert (await app.payload("block_actions"))["view"]["type"] == "home"


async def test_a_published_home_tab_is_replaced_and_updated(
    sandbox: Sandbox, client: AsyncWebClient, alice: Person
) -> None:
    user_id = sandbox.users["alice"]
    first = await client.views_publish(user_id=user_id, view=home(section("one")))
    second = await client.views_publish(
        user_id=user_id, view=home(section("two")), hash=first["view"]["hash"]
    )
    assert second["view"]["id"] == first["view"]["id"]
    await client.views_update(view_id=first["view"]["id"], view=home(section("three")))
    assert (await alice.see())["home"]["blocks"][0]["text"]["text"] == "three"


async def test_the_app_hears_of_closing_only_with_notify_on_close(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal())
    await alice.close()
    assert app.kinds() == []
    await open_modal(app, alice, modal(text_input(), notify_on_close=True))
    await alice.choose("typed", "half a sentence", modal=True)
    await alice.close()
    payload = await app.payload("view_closed")
    assert payload["is_cleared"] is False
    assert payload["view"]["callback_id"] == "form"
    assert payload["view"]["state"] == {"values": {}}, "Slack does not tell what was typed"


async def test_closing_the_top_view_shows_the_one_below(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(title=plain("Below")))
    app.answer = lambda _: {"response_action": "push", "view": modal(title=plain("Above"))}
    await alice.submit(name="x")
    assert [view["title"]["text"] for view in (await alice.close())["modals"]] == ["Below"]


async def test_closing_everything_clears_the_stack(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(notify_on_close=True))
    app.answer = lambda _: {"response_action": "push", "view": modal(notify_on_close=True)}
    await alice.submit(name="x")
    app.kinds()
    assert (await alice.close(everything=True))["modals"] == []
    assert [(await app.payload("view_closed"))["is_cleared"] for _ in range(2)] == [True, True]


async def test_an_update_keeps_what_was_typed_if_the_ids_are_the_same(
    app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    view = await open_modal(app, alice, modal(text_input(), text_input("other")))
    await alice.choose("typed", "kept", block_id="name", modal=True)
    await alice.choose("typed", "lost", block_id="other", modal=True)
    await client.views_update(view_id=view["id"], view=modal(text_input(), text_input("fresh")))
    values = (await alice.see())["modals"][0]["state"]["values"]
    assert values["name"]["typed"]["value"] == "kept"
    assert values["fresh"]["typed"]["value"] is None
    assert "other" not in values


async def test_a_hash_prevents_a_conflicting_update(
    app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    view = await open_modal(app, alice, modal())
    updated = await client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("1")))
    assert updated["view"]["hash"] != view["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view["id"], hash=view["hash"], view=modal(title=plain("2")))


async def test_a_view_is_found_by_its_external_id(
    app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    await open_modal(app, alice, modal(external_id="mine"))
    await client.views_update(external_id="mine", view=modal(title=plain("Found")))
    assert (await alice.see())["modals"][0]["title"]["text"] == "Found"


async def test_a_trigger_works_once_and_for_three_seconds(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    sandbox.clock.stop()
    await alice.shortcut("global_help")
    first = (await app.payload("shortcut"))["trigger_id"]
    await alice.shortcut("global_help")
    second = (await app.payload("shortcut"))["trigger_id"]
    await sandbox.clock.advance(3)
    await client.views_open(trigger_id=first, view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=first, view=modal())
    await sandbox.clock.advance(0.001)
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=second, view=modal())


async def test_buttons_and_menus_in_a_modal_are_sent_at_once(app: Recorder, alice: Person) -> None:
    menu = actions(button(), {"type": "static_select", "action_id": "pick", "options": [option("a")]})
    view = await open_modal(app, alice, modal(menu, text_input()))
    await alice.choose("pick", "a", modal=True)
    chosen = await app.payload("block_actions")
    assert chosen["container"] == {"type": "view", "view_id": view["id"]}
    assert chosen["actions"][0]["selected_option"]["value"] == "a"
    await alice.click("press", modal=True)
    pressed = await app.payload("block_actions")
    state = pressed["view"]["state"]["values"][view["blocks"][0]["block_id"]]
    assert state["pick"]["selected_option"]["value"] == "a"
    assert "response_url" not in pressed


async def test_an_input_is_sent_at_once_only_with_dispatch_action(app: Recorder, alice: Person) -> None:
    loud = {**text_input("loud", "shout"), "dispatch_action": True}
    await open_modal(app, alice, modal(text_input(), loud))
    await alice.choose("typed", "quiet", modal=True)
    assert app.kinds() == []
    await alice.choose("shout", "loud", modal=True)
    assert (await app.payload("block_actions"))["actions"][0]["value"] == "loud"


@pytest.mark.parametrize(("action", "element"), [("click", "press"), ("choose", "shout")])
async def test_the_app_is_told_what_all_inputs_hold_with_each_press(
    app: Recorder, driver: Driver, alice: Person, action: str, element: str
) -> None:
    loud = {**text_input("loud", "shout"), "dispatch_action": True}
    await open_modal(app, alice, modal(text_input(), loud, actions(button())))
    asked = {"modal": True, "action_id": element, "value": "now", "values": {"name": "half"}}
    await driver.act("alice", action, **asked)
    state = (await app.payload("block_actions"))["view"]["state"]["values"]
    assert state["name"]["typed"]["value"] == "half"


@pytest.mark.parametrize("action", ["click", "choose", "submit"])
async def test_values_that_are_no_object_are_refused(
    app: Recorder, driver: Driver, alice: Person, action: str
) -> None:
    await open_modal(app, alice, modal(text_input(), actions(button())))
    outcome = await driver.act("alice", action, modal=True, action_id="press", values=["x"])
    assert "values is an object" in outcome["error"]
    assert app.kinds() == []


async def test_an_external_select_asks_the_app_for_options(
    app: Recorder, alice: Person, driver: Driver
) -> None:
    await open_modal(app, alice, modal(choice("external_select", min_query_length=2)))
    app.answer = lambda payload: {"options": [option(payload.get("value", "") + "-1")]}
    assert await driver.user("alice").suggest("pick", "a", modal=True) == []
    assert await alice.suggest("pick", "db", modal=True) == [option("db-1")]
    assert (await app.payload("block_suggestion"))["action_id"] == "pick"


async def test_the_home_tab_is_opened_published_and_clicked(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    await alice.open_home()
    opened = await app.event("app_home_opened")
    assert (opened["user"], opened["tab"]) == (sandbox.users["alice"], "home")
    assert "view" not in opened
    await client.views_publish(user_id=sandbox.users["alice"], view=home(actions()))
    await alice.click("press", home=True)
    assert (await app.payload("block_actions"))["view"]["type"] == "home"
    await alice.open_home()
    assert (await app.event("app_home_opened"))["view"]["type"] == "home"
