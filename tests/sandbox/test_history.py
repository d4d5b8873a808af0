"""Reading messages: bounds, pages, membership; and the people of the workspace."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.manifest import SCOPES
from tests.sandbox.manifest import manifest as make_manifest


@pytest.fixture
async def stamps(sandbox: Sandbox, client: AsyncWebClient) -> list[str]:
    """Five messages in #general."""
    channel = sandbox.channels["general"]
    return [(await client.chat_postMessage(channel=channel, text=f"m{n}"))["ts"] for n in range(5)]


async def texts(client: AsyncWebClient, channel: str, **bounds: str | int | bool) -> list[str]:
    answer = await client.api_call("conversations.history", params={"channel": channel, **bounds})
    return [message["text"] for message in answer["messages"]]


async def test_history_is_newest_first(sandbox: Sandbox, client: AsyncWebClient, stamps: list[str]) -> None:
    assert len(stamps) == 5
    assert await texts(client, sandbox.channels["general"]) == ["m4", "m3", "m2", "m1", "m0"]


async def test_bounds_are_exclusive_unless_inclusive(
    sandbox: Sandbox, client: AsyncWebClient, stamps: list[str]
) -> None:
    general, bounds = sandbox.channels["general"], {"oldest": stamps[1], "latest": stamps[3]}
    assert await texts(client, general, **bounds) == ["m2"]
    assert await texts(client, general, inclusive=True, **bounds) == ["m3", "m2", "m1"]


async def test_history_has_pages(sandbox: Sandbox, client: AsyncWebClient, stamps: list[str]) -> None:
    general = sandbox.channels["general"]
    first = await client.conversations_history(channel=general, limit=len(stamps) - 1)
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.conversations_history(channel=general, limit=len(stamps) - 1, cursor=cursor)
    assert [message["text"] for message in rest["messages"]] == ["m0"]
    assert rest["has_more"] is False


async def test_only_members_can_read(sandbox: Sandbox, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.conversations_history(channel=sandbox.channels["random"])


async def test_a_page_of_replies_begins_with_the_parent(
    sandbox: Sandbox, client: AsyncWebClient, stamps: list[str]
) -> None:
    general = sandbox.channels["general"]
    await sandbox.clock.advance(5)
    replies = [
        (await client.chat_postMessage(channel=general, text=f"r{n}", thread_ts=stamps[0]))["ts"]
        for n in range(3)
    ]
    answer = await client.conversations_replies(channel=general, ts=stamps[0], oldest=replies[1])
    assert [message["text"] for message in answer["messages"]] == ["m0", "r2"]
    by_reply = await client.conversations_replies(channel=general, ts=replies[2])
    assert by_reply["messages"][0]["ts"] == stamps[0]


async def test_people_have_time_zones_and_email_addresses(sandbox: Sandbox, client: AsyncWebClient) -> None:
    alice = (await client.users_info(user=sandbox.users["alice"]))["user"]
    assert alice["tz"] == "Europe/Berlin"
    assert alice["tz_offset"] in {3600, 7200}
    assert alice["profile"]["email"] == "alice@acme.example"
    found = await client.users_lookupByEmail(email="ALICE@acme.example")
    assert found["user"]["id"] == sandbox.users["alice"]
    profile = await client.users_profile_get(user=sandbox.users["bob"])
    assert profile["profile"]["real_name"] == "Bob Brown"


@pytest.mark.parametrize("manifest", [make_manifest(scopes=[s for s in SCOPES if s != "users:read.email"])])
async def test_email_addresses_need_their_scope(sandbox: Sandbox, client: AsyncWebClient) -> None:
    alice = (await client.users_info(user=sandbox.users["alice"]))["user"]
    assert "email" not in alice["profile"]


async def test_everybody_and_the_bot_are_users(sandbox: Sandbox, client: AsyncWebClient) -> None:
    members = (await client.users_list())["members"]
    assert [m["name"] for m in members] == ["alice", "bob", "carol", "dave", "erin", "frank", "helper"]
    assert [m["id"] for m in members if m["is_bot"]] == [sandbox.bot_user_id]
