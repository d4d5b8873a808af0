"""Everything that is sent to an app, by Socket Mode and by signed HTTP, with Bolt unmodified."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, Person
from tests.sandbox.blocks import actions, button, home, modal, option, section, text_input
from tests.sandbox.forms import choice
from tests.sandbox.manifest import EVENTS
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import PATIENCE

Body = dict[str, Any]


class Helper:
    """A Bolt app that handles each kind of request and records what it was sent.

    Attributes:
        heard: the bodies that it received, in order.
    """

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http)
        self.heard: asyncio.Queue[Body] = asyncio.Queue()
        self.app = AsyncApp(client=client, signing_secret=sandbox.signing_secret)
        self.app.command("/help-me")(self.command)
        self.app.shortcut("global_help")(self.global_shortcut)
        self.app.shortcut("message_help")(self.message_shortcut)
        self.app.action("press")(self.press)
        self.app.options("pick")(self.suggest)
        self.app.view("form")(self.submitted)
        self.app.view_closed("form")(self.closed)
        for event in ("message", "reaction_added", "app_home_opened", "channel_rename", "user_change"):
            self.app.event(event)(self.event)

    async def next(self) -> Body:
        """The next body that it received."""
        async with asyncio.timeout(PATIENCE):
            return await self.heard.get()

    async def command(self, ack: Any, body: Body) -> None:
        await ack(f"You asked for {body['text']}.")
        self.heard.put_nowait(body)

    async def global_shortcut(self, ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        view = modal(text_input(), choice("external_select"), notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        self.heard.put_nowait(body)

    async def message_shortcut(self, ack: Any, body: Body, respond: Any) -> None:
        await ack()
        await respond("Noted.")
        self.heard.put_nowait(body)

    async def press(self, ack: Any, body: Body) -> None:
        await ack()
        self.heard.put_nowait(body)

    async def suggest(self, ack: Any, body: Body) -> None:
        await ack(options=[option(body["value"]), option(body["value"] + "-1")])
        self.heard.put_nowait(body)

    async def submitted(self, ack: Any, body: Body, view: Body) -> None:
        if view["state"]["values"]["name"]["typed"]["value"] == "nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please."})
        else:
            await ack()
        self.heard.put_nowait(body)

    async def closed(self, ack: Any, body: Body) -> None:
        await ack()
        self.heard.put_nowait(body)

    async def event(self, body: Body) -> None:
        self.heard.put_nowait(body)


@pytest.fixture(params=["socket", "http"])
async def app(
    request: pytest.FixtureRequest, sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> AsyncIterator[Helper]:
    """The app, reached by Socket Mode or by HTTP."""
    helper = Helper(sandbox, http)
    if request.param == "socket":
        handler = AsyncSocketModeHandler(helper.app, sandbox.app_token)
        await handler.connect_async()
        yield helper
        await handler.close_async()
        return
    runner = web.AppRunner(helper.app.web_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await driver.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    yield helper
    await runner.cleanup()


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


async def open_form(app: Helper, alice: Person) -> None:
    """Alice has the form open."""
    await alice.shortcut("global_help")
    await alice.until(lambda shown: shown["modals"])
    assert (await app.next())["type"] == "shortcut"


async def test_a_slash_command_is_answered(sandbox: Sandbox, app: Helper, alice: Person) -> None:
    outcome = await alice.command("random", "/help-me", "tea & <cake>")
    assert [m["text"] for m in outcome["messages"]] == ["You asked for tea &amp; &lt;cake&gt;."]
    body = await app.next()
    assert (body["command"], body["user_id"]) == ("/help-me", sandbox.users["alice"])
    assert body["channel_id"] == sandbox.channels["random"]


async def test_a_message_shortcut_sends_its_message(app: Helper, alice: Person) -> None:
    ts = (await alice.say("random", "look"))["messages"][0]["ts"]
    await alice.shortcut("message_help", channel="random", ts=ts)
    body = await app.next()
    assert (body["type"], body["message"]["text"]) == ("message_action", "look")
    last = (await alice.see("random"))["channel"]["messages"][-1]
    assert (last["text"], last["ephemeral"]) == ("Noted.", True)


async def test_a_click_on_a_message_is_a_block_action(
    sandbox: Sandbox, app: Helper, client: AsyncWebClient, alice: Person
) -> None:
    posted = await client.chat_postMessage(
        channel=sandbox.channels["incidents"], text="x", blocks=[actions(button(value="7"))]
    )
    await alice.click("press", channel="incidents", ts=posted["ts"])
    body = await app.next()
    assert (body["type"], body["container"]["type"]) == ("block_actions", "message")
    assert body["actions"][0]["value"] == "7"


async def test_a_click_in_a_home_tab_is_a_block_action(
    sandbox: Sandbox, app: Helper, client: AsyncWebClient, alice: Person
) -> None:
    await alice.open_home()
    opened = (await app.next())["event"]
    assert (opened["type"], opened["tab"]) == ("app_home_opened", "home")
    await client.views_publish(user_id=sandbox.users["alice"], view=home(section(), actions(button())))
    await alice.click("press", home=True)
    body = await app.next()
    assert (body["container"]["type"], body["view"]["type"]) == ("view", "home")


async def test_a_submission_is_refused_with_errors_and_then_accepted(app: Helper, alice: Person) -> None:
    await open_form(app, alice)
    outcome = await alice.submit(name="nobody", menu="tea-1")
    assert outcome["field_errors"] == {"name": "Somebody, please."}
    asked = await app.next()
    assert (asked["type"], asked["value"]) == ("block_suggestion", "tea-1")
    assert (await app.next())["type"] == "view_submission"


async def test_an_external_select_gets_options(app: Helper, alice: Person) -> None:
    await open_form(app, alice)
    assert await alice.suggest("pick", "tea", modal=True) == [option("tea"), option("tea-1")]
    assert (await app.next())["type"] == "block_suggestion"
    outcome = await alice.submit(name="Bob", menu="tea-1")
    assert (outcome["modals"], outcome["field_errors"]) == ([], {})
    body = await app.next()
    values = body["view"]["state"]["values"]
    assert values["menu"]["pick"]["selected_option"] == option("tea-1")
    assert values["name"]["typed"]["value"] == "Bob"


async def test_closing_a_modal_is_sent(app: Helper, alice: Person) -> None:
    await open_form(app, alice)
    assert (await alice.close())["modals"] == []
    body = await app.next()
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)


async def test_events_are_sent(sandbox: Sandbox, app: Helper, alice: Person) -> None:
    ts = (await alice.say("general", "hello"))["messages"][0]["ts"]
    body = await app.next()
    assert (body["event"]["type"], body["event"]["text"]) == ("message", "hello")
    assert body["authorizations"][0]["user_id"] == sandbox.bot_user_id
    await alice.react("general", ts, "eyes")
    event = (await app.next())["event"]
    assert (event["type"], event["reaction"]) == ("reaction_added", "eyes")


@pytest.mark.parametrize("manifest", [make_manifest(events=[*EVENTS, "user_change"], should_escape=True)])
async def test_messages_and_changes_by_others_are_sent(
    sandbox: Sandbox, app: Helper, driver: Driver, alice: Person
) -> None:
    async def heard(kind: str) -> Body:
        event: Body = (await app.next())["event"]
        assert event["type"] == kind
        return event

    hook = await driver.integrate("Prometheus", "incidents")
    await hook.post("disk is full", attachments=[{"title": "db-1"}])
    event = await heard("message")
    assert (event["username"], event["attachments"][0]["fallback"]) == (
        "Prometheus",
        "[no preview available]",
    )
    await alice.forward("incidents", "last", "general", "🔥 @checkout-team")
    event = await heard("message")
    (group,) = sandbox.workspace.usergroups
    assert event["text"] == f":fire: <!subteam^{group}>"
    assert event["attachments"][0]["author_name"] == "Prometheus"
    await alice.rename("incidents", "fires")
    assert (await heard("message"))["subtype"] == "channel_name"
    assert (await heard("channel_rename"))["channel"]["name"] == "fires"
    await alice.make_private("fires")
    assert (await heard("message"))["subtype"] == "channel_convert_to_private"
    await alice.deactivate("bob")
    assert (await heard("user_change"))["user"]["deleted"] is True
    await alice.command("general", "/help-me", "@checkout-team 👀")
    assert (await app.next())["text"] == f"<!subteam^{group}|checkout-team> :eyes:"
