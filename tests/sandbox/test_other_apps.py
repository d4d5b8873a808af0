"""Messages that no person of the workspace wrote: incoming webhooks, other apps, attachments, forwarded messages."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.blocks import actions, button, section
from tests.sandbox.manifest import SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


async def test_a_webhooks_message_has_a_name_and_no_user(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    hook = await driver.integrate("Prometheus", "general", icon=":fire:")
    official = AsyncWebhookClient(hook.url)
    assert (await official.send(text="disk is full")).body == "ok"
    event = await app.event("message")
    assert (event["subtype"], event["text"], event["username"]) == (
        "bot_message",
        "disk is full",
        "Prometheus",
    )
    assert (event["bot_id"], event["app_id"]) == (hook.bot_id, hook.app_id)
    assert event["icons"] == {"emoji": ":fire:"}
    assert "user" not in event
    general = sandbox.channels["general"]
    assert (await client.conversations_history(channel=general))["messages"][0]["ts"] == event["ts"]
    assert (await client.bots_info(bot=hook.bot_id))["bot"]["name"] == "Prometheus"
    shown = await driver.see("alice", "general")
    assert (shown["channels"][0]["unread"], shown["channel"]["messages"][0]["username"]) == (1, "Prometheus")


async def test_the_name_that_a_webhook_gives_is_used(app: Recorder, driver: Driver) -> None:
    hook = await driver.integrate("Prometheus", "general")
    await hook.post("x", username="Night shift", icon_emoji=":owl:")
    event = await app.event("message")
    assert (event["username"], event["icons"]) == ("Night shift", {"emoji": ":owl:"})


async def test_another_apps_message_has_its_bot_user(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    other = await driver.integrate("Pager", "general", bot_user=True)
    await other.post("wake up")
    event = await app.event("message")
    assert (event["user"], event["bot_id"]) == (other.bot_user_id, other.bot_id)
    assert event["bot_profile"]["name"] == "Pager"
    assert "subtype" not in event
    user = (await client.users_info(user=event["user"]))["user"]
    assert (user["is_bot"], user["real_name"]) == (True, "Pager")
    assert (await client.bots_info(bot=other.bot_id))["bot"]["user_id"] == other.bot_user_id
    assert "pager" not in sandbox.users


@pytest.mark.parametrize("manifest", [make_manifest(scopes=[*SCOPES, "chat:write.customize"])])
async def test_the_app_under_another_name_has_no_user(sandbox: Sandbox, client: AsyncWebClient) -> None:
    general = sandbox.channels["general"]
    message = (await client.chat_postMessage(channel=general, text="x", username="Siren"))["message"]
    assert (message["subtype"], message["username"]) == ("bot_message", "Siren")
    assert "user" not in message
    assert (await client.chat_update(channel=general, ts=message["ts"], text="y"))["text"] == "y"


async def test_a_message_without_a_user_is_reacted_to_pinned_and_answered(
    app: Recorder, client: AsyncWebClient, driver: Driver, sandbox: Sandbox
) -> None:
    hook, alice = await driver.integrate("Prometheus", "general"), driver.user("alice")
    await hook.post("disk is full")
    ts = (await app.event("message"))["ts"]
    await alice.react("general", ts, "eyes")
    assert "item_user" not in await app.event("reaction_added")
    await alice.pin("general", ts)
    pinned = await app.event("pin_added")
    assert "item_user" not in pinned
    assert pinned["item"]["message"]["username"] == "Prometheus"
    await alice.shortcut("message_help", channel="general", ts=ts)
    assert (await app.payload("message_action"))["message"]["username"] == "Prometheus"
    await hook.post("still", thread_ts=ts)
    thread = await client.conversations_replies(channel=sandbox.channels["general"], ts=ts)
    assert [m["text"] for m in thread["messages"]] == ["disk is full", "still"]
    assert thread["messages"][0]["reply_users"] == [hook.bot_id]


async def test_attachments_get_a_number_and_a_fallback(app: Recorder, driver: Driver) -> None:
    hook = await driver.integrate("Prometheus", "general")
    given: list[dict[str, Any]] = [
        {"color": "danger", "blocks": [section(), actions(button())]},
        {
            "color": "#36a64f",
            "title": "Disk",
            "text": "is full",
            "fields": [{"title": "Host", "value": "db-1"}],
        },
        {"fallback": "Disk is full", "text": "is full"},
    ]
    await hook.post(attachments=given)
    with_blocks, plain, last = (await app.event("message"))["attachments"]
    assert [each["id"] for each in (with_blocks, plain, last)] == [1, 2, 3]
    assert with_blocks["fallback"] == plain["fallback"] == "[no preview available]"
    assert last["fallback"] == "Disk is full"
    assert (with_blocks["color"], plain["color"]) == ("a30200", "36a64f")
    assert all(block["block_id"] for block in with_blocks["blocks"])


async def test_the_apps_own_attachments_are_completed_too(sandbox: Sandbox, client: AsyncWebClient) -> None:
    general = sandbox.channels["general"]
    posted = await client.chat_postMessage(channel=general, text="x", attachments=[{"text": "one"}])
    assert posted["message"]["attachments"] == [
        {"id": 1, "text": "one", "fallback": "[no preview available]"}
    ]
    two = [{"text": "two"}]
    changed = await client.chat_update(channel=general, ts=posted["ts"], text="x", attachments=two)
    assert changed["message"]["attachments"][0]["id"] == 1


@pytest.mark.parametrize(
    ("message", "status", "answer"),
    [
        ({}, 400, "no_text"),
        ({"text": 5}, 400, "invalid_payload"),
        ({"blocks": [{"type": "section"}]}, 400, "invalid_blocks"),
        (["x"], 400, "invalid_payload"),
    ],
)
async def test_a_webhook_refuses_with_plain_text(
    http: aiohttp.ClientSession, driver: Driver, message: Any, status: int, answer: str
) -> None:
    hook = await driver.integrate("Prometheus", "general")
    async with http.post(hook.url, json=message) as response:
        assert (response.status, await response.text()) == (status, answer)


async def test_a_webhook_has_one_address_and_one_channel(
    http: aiohttp.ClientSession, driver: Driver, sandbox: Sandbox
) -> None:
    hook = await driver.integrate("Prometheus", "random")
    async with http.post(hook.url[:-1] + "x", json={"text": "x"}) as response:
        assert (response.status, await response.text()) == (404, "no_service")
    async with http.post(hook.url, data=b"{") as response:
        assert (response.status, await response.text()) == (400, "invalid_payload")
    async with http.post(hook.url, data={"payload": '{"text": "by form"}'}) as response:
        assert await response.text() == "ok"
    await driver.user("alice").archive("random")
    async with http.post(hook.url, json={"text": "x"}) as response:
        assert (response.status, await response.text()) == (410, "channel_is_archived")
    with pytest.raises(ActionFailed, match="channel_is_archived"):
        await hook.post("x")
    noted = [entry["error"] for entry in sandbox.traffic.since() if entry["kind"] == "webhook"]
    assert noted == ["no_service", "invalid_payload", None, "channel_is_archived", "channel_is_archived"]


@pytest.mark.parametrize("body", [{"channel": "general"}, {"name": "X", "channel": "nowhere"}])
async def test_an_integration_needs_a_name_and_a_channel(
    sandbox: Sandbox, http: aiohttp.ClientSession, body: dict[str, str]
) -> None:
    async with http.post(sandbox.control_url + "integrations", json=body) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


async def test_a_forwarded_message_is_an_attachment(sandbox: Sandbox, app: Recorder, driver: Driver) -> None:
    sandbox.clock.stop()
    alice, bob = driver.user("alice"), driver.user("bob")
    ts = (await bob.say("random", "checkout *fails*"))["messages"][0]["ts"]
    await alice.forward("random", ts, "general")
    event = await app.event("message")
    (shared,) = event["attachments"]
    assert (event["text"], event["user"]) == ("", sandbox.users["alice"])
    assert "blocks" not in event
    assert (shared["is_share"], shared["is_msg_unfurl"], shared["id"]) == (True, True, 1)
    assert (shared["text"], shared["author_id"]) == ("checkout *fails*", sandbox.users["bob"])
    assert (shared["author_name"], shared["author_subname"]) == ("Bob Brown", "bob")
    assert shared["fallback"].endswith("] bob: checkout *fails*")
    assert (shared["channel_name"], shared["footer"]) == ("random", "Posted in #random")
    random = sandbox.channels["random"]
    assert shared["from_url"] == f"{sandbox.page_url}archives/{random}/p{ts.replace('.', '')}"
    (inner,) = shared["message_blocks"]
    assert (inner["ts"], inner["message"]["blocks"][0]["type"]) == (ts, "rich_text")
    await alice.forward("random", ts, "general", "look at this 🔥")
    event = await app.event("message")
    assert (event["text"], event["attachments"][0]["text"]) == ("look at this :fire:", "checkout *fails*")


async def test_a_webhooks_message_is_forwarded_under_its_name(app: Recorder, driver: Driver) -> None:
    hook = await driver.integrate("Prometheus", "random")
    await hook.post("disk is full", attachments=[{"text": "db-1"}])
    await driver.user("alice").forward("random", "last", "general")
    (shared,) = (await app.event("message"))["attachments"]
    assert (shared["author_name"], shared["author_id"]) == ("Prometheus", hook.bot_id)
    assert shared["message_blocks"][0]["message"]["attachments"][0]["text"] == "db-1"
    assert "author_link" not in shared


async def test_a_file_is_forwarded_from_a_direct_message(app: Recorder, driver: Driver) -> None:
    alice = driver.user("alice")
    await alice.upload("@bob", "trace.txt", "boom")
    await alice.forward("@bob", "last", "general")
    (shared,) = (await app.event("message"))["attachments"]
    assert (shared["files"][0]["name"], shared["text"]) == ("trace.txt", "")
    assert (shared["channel_name"], shared["footer"]) == ("Direct Message", "Slack Conversation")


async def test_a_message_that_the_person_cannot_see_is_not_forwarded(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    secret = (await client.conversations_create(name="secret", is_private=True))["channel"]["id"]
    posted = await client.chat_postMessage(channel=secret, text="x")
    refused = await driver.act("alice", "forward", channel=secret, ts=posted["ts"], to="general")
    assert "channel_not_found" in refused["error"]
    await driver.user("erin").say("general", "hello")
    refused = await driver.act("erin", "forward", channel="general", ts="last", to="random")
    assert "not_in_channel" in refused["error"]
    assert sandbox.channels["general"]


async def test_a_message_may_be_only_a_file(app: Recorder, driver: Driver) -> None:
    await driver.user("alice").upload("general", "trace.txt", "boom")
    event = await app.event("message")
    assert (event["subtype"], event["text"], event["files"][0]["name"]) == ("file_share", "", "trace.txt")
    assert "blocks" not in event
