"""Events: which app is sent what."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.delivery.budget import Budget
from bot.sandbox.delivery.events import SCOPES as EVENT_SCOPES
from bot.sandbox.driver import Driver, Person
from tests.sandbox.manifest import EVENTS, SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


def without(scope: str) -> dict[str, Any]:
    return make_manifest(scopes=[name for name in SCOPES if name != scope])


async def test_a_message_event_has_its_channel_and_its_author(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    await alice.say("general", "hello")
    request = await app.request("message")
    event = request.payload["event"]
    assert (event["text"], event["channel_type"]) == ("hello", "channel")
    assert event["channel"] == sandbox.channels["general"]
    assert event["user"] == sandbox.users["alice"]
    assert event["event_ts"] == event["ts"]
    assert request.payload["type"] == "event_callback"
    assert request.payload["api_app_id"] == sandbox.workspace.app.id
    assert request.payload["authorizations"][0]["user_id"] == sandbox.bot_user_id


async def test_the_apps_own_messages_are_sent_to_it(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=sandbox.channels["general"], text="mine")
    event = await app.event("message")
    assert event["bot_id"] == sandbox.workspace.app.bot_id
    assert event["app_id"] == sandbox.workspace.app.id


async def test_events_of_a_channel_are_sent_only_to_members(app: Recorder, alice: Person) -> None:
    await alice.say("random", "not for the app")
    await alice.say("general", "for the app")
    assert (await app.event("message"))["text"] == "for the app"


async def test_a_mention_is_also_a_separate_event(sandbox: Sandbox, app: Recorder, alice: Person) -> None:
    await alice.say("general", "@helper are you there?")
    assert [await app.event("message"), await app.event("app_mention")]
    await alice.say("@helper", "@helper psst")
    assert (await app.event("message"))["channel_type"] == "im"
    assert app.kinds() == []
    assert sandbox.bot_user_id


@pytest.mark.parametrize("manifest", [make_manifest(events=["reaction_added"]), without("channels:history")])
async def test_without_subscription_or_scope_nothing_is_sent(app: Recorder, alice: Person) -> None:
    said = (await alice.say("general", "hello"))["messages"][0]
    await alice.react("general", said["ts"], "eyes")
    assert (await app.event("reaction_added"))["reaction"] == "eyes"
    assert app.kinds() == []


async def test_adding_and_removing_reactions_and_pins_are_events(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    ts = (await alice.say("general", "hello"))["messages"][0]["ts"]
    await alice.react("general", ts, ":eyes:")
    added = await app.event("reaction_added")
    assert added["item"] == {"type": "message", "channel": sandbox.channels["general"], "ts": ts}
    assert added["item_user"] == sandbox.users["alice"]
    await alice.unreact("general", ts, "eyes")
    assert (await app.event("reaction_removed"))["reaction"] == "eyes"
    await alice.pin("general", ts)
    assert (await app.event("pin_added"))["item"]["message"]["text"] == "hello"
    await alice.unpin("general", ts)
    assert (await app.event("pin_removed"))["channel_id"] == sandbox.channels["general"]


async def test_edits_and_deletions_are_message_events(app: Recorder, alice: Person) -> None:
    ts = (await alice.say("general", "before"))["messages"][0]["ts"]
    await app.event("message")
    await alice.edit("general", ts, "after")
    changed = await app.event("message")
    assert changed["subtype"] == "message_changed"
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("before", "after")
    await alice.delete("general", ts)
    deleted = await app.event("message")
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", ts)


async def test_joining_and_leaving_are_events(sandbox: Sandbox, app: Recorder, driver: Driver) -> None:
    await driver.user("erin").leave("incidents")
    left = await app.event("member_left_channel")
    assert left["user"] == sandbox.users["erin"]
    await driver.user("alice").invite("incidents", "erin")
    joined = await app.event("member_joined_channel")
    assert (joined["user"], joined["inviter"]) == (sandbox.users["erin"], sandbox.users["alice"])


async def test_inviting_and_removing_the_app_are_events(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    await alice.invite("random", "helper")
    assert (await app.event("member_joined_channel"))["user"] == sandbox.bot_user_id
    await alice.remove("random", "helper")
    left = await app.event("channel_left")
    assert left["channel"] == sandbox.channels["random"]
    await alice.say("random", "it is gone")
    assert "message" not in app.kinds()


async def test_creating_renaming_and_archiving_a_channel_are_events(
    app: Recorder, client: AsyncWebClient
) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    assert (await app.event("channel_created"))["channel"]["name"] == "room"
    await client.conversations_rename(channel=channel, name="hall")
    assert (await app.event("channel_rename"))["channel"]["name"] == "hall"
    await client.conversations_archive(channel=channel)
    assert (await app.event("channel_archive"))["channel"] == channel


async def test_an_archive_by_a_person_reaches_the_app(app: Recorder, alice: Person, sandbox: Sandbox) -> None:
    await alice.archive("incidents")
    assert (await app.event("channel_archive"))["user"] == sandbox.users["alice"]


async def test_a_shared_file_is_an_event(app: Recorder, alice: Person) -> None:
    shared = await alice.upload("general", "notes.md", "# Notes")
    file = shared["messages"][0]["files"][0]
    assert (await app.event("file_shared"))["file_id"] == file["id"]
    assert (file["filetype"], file["size"]) == ("markdown", 7)


async def test_typed_markup_is_escaped(app: Recorder, alice: Person, sandbox: Sandbox) -> None:
    await alice.say("general", "<!channel> <@U1> a < b & c @here @bob #random https://x.example/?a=1&b=2")
    bob, random = sandbox.users["bob"], sandbox.channels["random"]
    assert (await app.event("message"))["text"] == (
        f"&lt;!channel&gt; &lt;@U1&gt; a &lt; b &amp; c <!here> <@{bob}> <#{random}> "
        "<https://x.example/?a=1&amp;b=2>"
    )


def test_every_event_of_the_manifest_is_one_that_the_sandbox_can_send() -> None:
    assert {event.partition(".")[0] for event in EVENTS} <= set(EVENT_SCOPES)


async def test_beyond_the_hourly_limit_the_app_is_warned_once_a_minute(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    sandbox.clock.stop()
    sandbox.courier.budget = Budget(per_hour=1)
    for text in ("let through", "lost", "lost too"):
        await alice.say("general", text)
    assert (await app.event("message"))["text"] == "let through"
    told = await app.payload("app_rate_limited")
    assert told["minute_rate_limited"] == int(sandbox.clock.timestamp() // 60) * 60
    assert app.kinds() == []
    await sandbox.clock.advance(3600)
    await alice.say("general", "a new hour")
    assert (await app.event("message"))["text"] == "a new hour"


def test_thirty_thousand_events_an_hour_are_sent() -> None:
    budget = Budget()
    assert all(budget.admit(7200.0) for _ in range(30_000))
    assert not budget.admit(10_799.0)
    assert budget.admit(10_800.0)
