"""A complete Bolt app, unmodified, over Socket Mode."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.sandbox.blocks import actions, button, modal, text_input


def make_app(client: AsyncWebClient) -> AsyncApp:
    """An app that asks for a name and greets it."""
    app = AsyncApp(client=client)

    @app.command("/help-me")
    async def ask(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        view = modal(text_input(), private_metadata=body["channel_id"])
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    async def greet(ack: Any, view: dict[str, Any], client: AsyncWebClient) -> None:
        name = view["state"]["values"]["name"]["typed"]["value"]
        if name == "nobody":
            await ack(response_action="errors", errors={"name": "Somebody, please."})
            return
        await ack()
        await client.chat_postMessage(
            channel=view["private_metadata"], text=f"Hello {name}", blocks=[actions(button("wave"))]
        )

    @app.action("wave")
    async def wave(ack: Any, respond: Any, body: dict[str, Any]) -> None:
        await ack()
        await respond(f"<@{body['user']['id']}> waves", response_type="in_channel", replace_original=False)

    @app.event("app_mention")
    async def answer(event: dict[str, Any], say: Any) -> None:
        await say("Yes?", thread_ts=event["ts"])

    return app


@pytest.fixture
async def bolt(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncIterator[AsyncApp]:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http)
    app = make_app(client)
    handler = AsyncSocketModeHandler(app, sandbox.app_token)
    await handler.connect_async()
    yield app
    await handler.close_async()


async def test_a_conversation_from_the_command_to_the_last_click(
    bolt: AsyncApp, sandbox: Sandbox, driver: Driver
) -> None:
    alice = driver.user("alice")
    await alice.command("general", "/help-me")
    await alice.until(lambda shown: shown["modals"])
    assert (await alice.submit(name="nobody"))["field_errors"] == {"name": "Somebody, please."}
    assert (await alice.submit(name="Bob"))["modals"] == []

    def greeting(shown: dict[str, Any]) -> str | None:
        return next((m["ts"] for m in shown["channel"]["messages"] if m["text"] == "Hello Bob"), None)

    ts = await driver.user("bob").until(greeting, "general")
    await driver.user("bob").click("wave", channel="general", ts=ts)
    waved = f"<@{sandbox.users['bob']}> waves"
    await alice.until(lambda shown: shown["channel"]["messages"][-1]["text"] == waved, "general")
    assert bolt.name


async def test_a_mention_is_answered_in_its_thread(bolt: AsyncApp, driver: Driver) -> None:
    alice = driver.user("alice")
    ts = (await alice.say("general", "@helper are you there?"))["messages"][0]["ts"]
    shown = await alice.until(lambda s: s if len(s["thread"]["messages"]) > 1 else None, "general", ts)
    assert shown["thread"]["messages"][1]["text"] == "Yes?"
    assert bolt.name


async def test_many_people_at_once_are_all_answered(bolt: AsyncApp, driver: Driver) -> None:
    people = [driver.user(name) for name in ("alice", "bob", "carol", "dave", "erin", "frank")]
    await asyncio.gather(*(person.command("general", "/help-me") for person in people))
    for person in people:
        assert await person.until(lambda shown: shown["modals"])
    assert bolt.name
