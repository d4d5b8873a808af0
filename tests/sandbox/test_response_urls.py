"""Response URLs: five uses in thirty minutes, and what an answer can do."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.blocks import actions, button, option, plain, section
from tests.sandbox.recorder import Recorder


async def url_of_command(app: Recorder, driver: Driver, channel: str = "general") -> AsyncWebhookClient:
    await driver.user("alice").command(channel, "/help-me")
    return AsyncWebhookClient((await app.payload("/help-me"))["response_url"])


async def test_a_response_url_works_five_times(app: Recorder, driver: Driver) -> None:
    hook = await url_of_command(app, driver)
    answers = [await hook.send(text=str(number)) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert "used_url" in answers[5].body
    shown = (await driver.see("alice", "general"))["channel"]["messages"]
    assert [message["text"] for message in shown] == ["0", "1", "2", "3", "4"]


@pytest.mark.parametrize(("seconds", "status"), [(30 * 60 - 1, 200), (30 * 60 + 1, 404)])
async def test_a_response_url_works_for_thirty_minutes(
    sandbox: Sandbox, app: Recorder, driver: Driver, seconds: float, status: int
) -> None:
    hook = await url_of_command(app, driver)
    await sandbox.clock.advance(seconds)
    answer = await hook.send(text="x")
    assert answer.status_code == status
    assert ("expired_url" in answer.body) is (status == 404)


async def test_an_unknown_response_url_is_invalid(sandbox: Sandbox) -> None:
    answer = await AsyncWebhookClient(sandbox.page_url + "response/T0/none").send(text="x")
    assert (answer.status_code, "invalid_url" in answer.body) == (404, True)


async def test_a_response_url_works_in_a_channel_without_the_app(app: Recorder, driver: Driver) -> None:
    hook = await url_of_command(app, driver, "random")
    assert (await hook.send(text="to all", response_type="in_channel")).status_code == 200
    assert (await driver.see("bob", "random"))["channel"]["messages"][-1]["text"] == "to all"


@pytest.mark.parametrize(
    "body",
    [
        {"blocks": [{"type": "marquee"}]},
        {"text": ""},
        {"response_type": "in_channel"},
        {"attachments": ["x"]},
        {"attachments": [{"blocks": [{"type": "marquee"}]}]},
        {"text": "x", "metadata": "x"},
        {"text": "x", "metadata": {"entities": []}},
    ],
)
async def test_a_malformed_answer_does_not_count_as_a_use(
    app: Recorder, driver: Driver, body: dict[str, Any]
) -> None:
    hook = await url_of_command(app, driver)
    for _ in range(6):
        assert (await hook.send_dict(body)).status_code == 400
    assert (await hook.send(text="fine")).status_code == 200


async def test_a_body_that_is_not_json_is_refused(
    app: Recorder, driver: Driver, http: aiohttp.ClientSession
) -> None:
    hook = await url_of_command(app, driver)
    async with http.post(hook.url, data="text=x") as answer:
        assert (await answer.json())["error"] == "invalid_payload"


async def test_the_answer_to_a_click_can_replace_and_delete_the_message(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    general = sandbox.channels["general"]
    posted = await client.chat_postMessage(channel=general, text="before", blocks=[actions()])
    await driver.user("alice").click("press", channel="general", ts=posted["ts"])
    payload = await app.payload("block_actions")
    assert payload["message"]["ts"] == posted["ts"]
    hook = AsyncWebhookClient(payload["response_url"])
    await hook.send(text="after", replace_original=True)
    message = (await driver.see("bob", "general"))["channel"]["messages"][-1]
    assert (message["text"], "blocks" in message) == ("after", False)
    await hook.send_dict({"delete_original": True})
    assert (await driver.see("bob", "general"))["channel"]["messages"] == []


async def test_a_deleted_original_is_not_found(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    general = sandbox.channels["general"]
    posted = await client.chat_postMessage(channel=general, text="before", blocks=[actions()])
    await driver.user("alice").click("press", channel="general", ts=posted["ts"])
    hook = AsyncWebhookClient((await app.payload("block_actions"))["response_url"])
    await client.chat_delete(channel=general, ts=posted["ts"])
    for body in ({"delete_original": True}, {"replace_original": True, "text": "x"}):
        answer = await hook.send_dict(body)
        assert (answer.status_code, "message_not_found" in answer.body) == (400, True)


async def test_an_archived_channel_accepts_no_public_answer(
    app: Recorder, client: AsyncWebClient, driver: Driver, sandbox: Sandbox
) -> None:
    hook = await url_of_command(app, driver, "incidents")
    await client.conversations_archive(channel=sandbox.channels["incidents"])
    assert "is_archived" in (await hook.send(text="x", response_type="in_channel")).body


async def test_an_answer_can_be_posted_in_a_thread(app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "parent"))["messages"][0]["ts"]
    hook = await url_of_command(app, driver)
    await hook.send_dict({"text": "psst", "thread_ts": ts})
    shown = await alice.see("general", ts)
    assert [message["text"] for message in shown["thread"]["messages"]] == ["parent", "psst"]
    assert [message["text"] for message in shown["channel"]["messages"]] == ["parent"]


async def test_an_ephemeral_message_can_be_replaced_and_deleted(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    general, alice = sandbox.channels["general"], driver.user("alice")
    await client.chat_postEphemeral(
        channel=general, user=sandbox.users["alice"], text="before", blocks=[actions()]
    )
    shown = (await alice.see("general"))["channel"]["messages"][-1]
    await alice.click("press", channel="general", ts=shown["ts"])
    payload = await app.payload("block_actions")
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    hook = AsyncWebhookClient(payload["response_url"])
    await hook.send(text="after", replace_original=True)
    replaced = (await alice.see("general"))["channel"]["messages"][-1]
    assert (replaced["text"], replaced["ts"], replaced["ephemeral"]) == ("after", shown["ts"], True)
    await hook.send_dict({"delete_original": True})
    assert (await alice.see("general"))["channel"]["messages"] == []


async def test_menus_in_messages_keep_their_choice(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    menu = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}
    more = {"type": "overflow", "action_id": "more", "options": [option("archive")]}
    blocks = [actions(menu, button(), more, block_id="row"), section(accessory=button("other"))]
    posted = await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=blocks)
    alice = driver.user("alice")
    await alice.choose("pick", "b", channel="general", ts=posted["ts"])
    assert (await app.payload("block_actions"))["actions"][0]["selected_option"] == option("b")
    await alice.click("press", channel="general", ts=posted["ts"])
    state = (await app.payload("block_actions"))["state"]["values"]
    assert state["row"]["pick"]["selected_option"] == option("b")
    await alice.choose("more", "archive", channel="general", ts=posted["ts"])
    assert (await app.payload("block_actions"))["actions"][0]["selected_option"] == option("archive")
    refused = await driver.act("alice", "click", channel="general", ts=posted["ts"], action_id="more")
    assert refused["error"].startswith("not_a_button")
    refused = await driver.act(
        "alice", "choose", channel="general", ts=posted["ts"], action_id="press", value="x"
    )
    assert refused["error"].startswith("not_a_choice")


async def test_a_cancelled_confirm_dialog_is_not_a_click(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    asked = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    blocks = [actions(button(confirm=asked))]
    posted = await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=blocks)
    await app.event("message")
    await driver.user("alice").click("press", channel="general", ts=posted["ts"], confirm=False)
    assert app.kinds() == []
    await driver.user("alice").click("press", channel="general", ts=posted["ts"], confirm=True)
    assert await app.payload("block_actions")


async def test_feedback_buttons_send_which_was_pressed(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    good, bad = {"text": plain("Good"), "value": "up"}, {"text": plain("Bad"), "value": "down"}
    pair = {"type": "feedback_buttons", "action_id": "rate", "positive_button": good, "negative_button": bad}
    block = {"type": "context_actions", "elements": [pair]}
    await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=[block])
    alice = driver.user("alice")
    await alice.click("rate", channel="general", ts="last", value="down")
    (action,) = (await app.payload("block_actions"))["actions"]
    assert (action["type"], action["value"], action["text"]["text"]) == ("feedback_buttons", "down", "Bad")
    with pytest.raises(ActionFailed, match="no_such_option"):
        await alice.click("rate", channel="general", ts="last", value="sideways")
