"""conversations.*: channels and their members."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver


def refused(code: str) -> pytest.RaisesExc[SlackApiError]:
    return pytest.raises(SlackApiError, match=f"'error': '{code}'")


@pytest.mark.parametrize("name", ["a", "x" * 80, "inc-42_db", "störung", "事件-1"])
async def test_a_valid_name_creates_a_channel_with_the_bot_in_it(
    sandbox: Sandbox, client: AsyncWebClient, name: str
) -> None:
    channel = (await client.conversations_create(name=name))["channel"]
    assert channel["name"] == name
    assert channel["is_member"] is True
    assert channel["creator"] == sandbox.bot_user_id


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x" * 81, "invalid_name_maxlength"),
        ("Upper", "invalid_name_specials"),
        ("two words", "invalid_name_specials"),
        ("dot.ted", "invalid_name_specials"),
        ("-_-", "invalid_name_punctuation"),
        ("", "invalid_name_required"),
        ("random", "name_taken"),
    ],
)
async def test_an_invalid_name_is_refused(client: AsyncWebClient, name: str, code: str) -> None:
    with refused(code):
        await client.conversations_create(name=name)


async def test_an_archived_channel_keeps_its_name(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    await client.conversations_archive(channel=channel)
    with refused("name_taken"):
        await client.conversations_create(name="room")


async def test_an_archived_channel_accepts_no_messages_and_no_updates(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    posted = await client.chat_postMessage(channel=channel, text="last words")
    await client.conversations_archive(channel=channel)
    with refused("is_archived"):
        await client.chat_postMessage(channel=channel, text="one more")
    with refused("is_inactive"):
        await client.chat_update(channel=channel, ts=posted["ts"], text="edited")
    with refused("already_archived"):
        await client.conversations_archive(channel=channel)
    assert (await client.conversations_info(channel=channel))["channel"]["is_archived"] is True


@pytest.mark.parametrize("what", ["topic", "purpose"])
async def test_topic_and_purpose_have_a_limit_of_250_characters(
    client: AsyncWebClient, sandbox: Sandbox, what: str
) -> None:
    general = sandbox.channels["general"]
    method = f"conversations.set{what.title()}"
    await client.api_call(method, json={"channel": general, what: "x" * 250})
    channel = (await client.conversations_info(channel=general))["channel"]
    assert channel[what]["value"] == "x" * 250
    with refused("too_long"):
        await client.api_call(method, json={"channel": general, what: "x" * 251})


async def test_inviting_is_all_or_nothing_without_force(sandbox: Sandbox, client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    alice, bob = sandbox.users["alice"], sandbox.users["bob"]
    await client.conversations_invite(channel=channel, users=[alice])
    with refused("already_in_channel"):
        await client.conversations_invite(channel=channel, users=[alice, bob])
    assert bob not in (await client.conversations_members(channel=channel))["members"]
    forced = await client.conversations_invite(channel=channel, users=[alice, bob, "U0"], force=True)
    assert {entry["error"] for entry in forced["errors"]} == {"already_in_channel", "user_not_found"}
    assert bob in (await client.conversations_members(channel=channel))["members"]


@pytest.mark.parametrize(("count", "code"), [(100, "user_not_found"), (101, "invalid_arguments")])
async def test_an_invitation_has_a_limit_of_a_hundred_users(
    client: AsyncWebClient, sandbox: Sandbox, count: int, code: str
) -> None:
    users = [f"U{number:03d}" for number in range(count)]
    with refused(code):
        await client.conversations_invite(channel=sandbox.channels["general"], users=users)


async def test_a_private_channel_does_not_exist_for_those_outside(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    secret = (await client.conversations_create(name="secret", is_private=True))["channel"]["id"]
    await client.conversations_invite(channel=secret, users=[sandbox.users["alice"]])
    assert "secret" in [c["name"] for c in (await driver.see("alice"))["channels"]]
    assert "secret" not in [c["name"] for c in (await driver.see("bob"))["channels"]]
    with pytest.raises(ActionFailed, match="channel_not_found"):
        await driver.see("bob", secret)
    await client.conversations_leave(channel=secret)
    with refused("channel_not_found"):
        await client.conversations_info(channel=secret)


async def test_joining_twice_is_a_warning(sandbox: Sandbox, client: AsyncWebClient) -> None:
    channel = sandbox.channels["random"]
    assert "warning" not in (await client.conversations_join(channel=channel)).data
    assert (await client.conversations_join(channel=channel))["warning"] == "already_in_channel"


async def test_leaving_a_channel_without_membership_is_not_an_error(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    assert (await client.conversations_leave(channel=sandbox.channels["random"]))["not_in_channel"] is True


async def test_a_kicked_member_is_out(sandbox: Sandbox, client: AsyncWebClient) -> None:
    channel, alice = sandbox.channels["incidents"], sandbox.users["alice"]
    await client.conversations_kick(channel=channel, user=alice)
    assert alice not in (await client.conversations_members(channel=channel))["members"]


async def test_a_renamed_channel_remembers_its_names(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="before"))["channel"]["id"]
    renamed = (await client.conversations_rename(channel=channel, name="after"))["channel"]
    assert (renamed["name"], renamed["previous_names"]) == ("after", ["before"])


async def test_changes_of_a_channel_are_posted_in_it(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    await client.conversations_setTopic(channel=channel, topic="fire")
    await client.conversations_setPurpose(channel=channel, purpose="water")
    await client.conversations_archive(channel=channel)
    history = (await client.conversations_history(channel=channel))["messages"]
    subtypes = [message["subtype"] for message in reversed(history)]
    assert subtypes == ["channel_join", "channel_topic", "channel_purpose", "channel_archive"]


async def test_a_list_has_pages(client: AsyncWebClient) -> None:
    names, cursor = [], ""
    for _ in range(2):
        page = await client.conversations_list(limit=2, cursor=cursor)
        names += [channel["name"] for channel in page["channels"]]
        cursor = page["response_metadata"]["next_cursor"]
    assert names == ["general", "random", "incidents", "payments"]
    assert cursor == ""


async def test_archived_channels_can_be_left_out_of_the_list(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    await client.conversations_archive(channel=channel)
    listed = (await client.conversations_list(exclude_archived=True))["channels"]
    assert channel not in [entry["id"] for entry in listed]


async def test_the_bots_own_conversations_are_those_that_it_is_a_member_of(client: AsyncWebClient) -> None:
    listed = (await client.users_conversations())["channels"]
    assert {channel["name"] for channel in listed} == {"general", "incidents"}


async def test_a_direct_message_is_opened_once(sandbox: Sandbox, client: AsyncWebClient) -> None:
    alice, bob = sandbox.users["alice"], sandbox.users["bob"]
    first = await client.conversations_open(users=alice)
    again = await client.conversations_open(users=[alice])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    group = await client.conversations_open(users=[alice, bob], return_im=True)
    assert group["channel"]["is_mpim"] is True
    assert (await client.conversations_open(channel=group["channel"]["id"]))["no_op"] is True


async def test_the_general_channel_cannot_be_archived_or_left(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    with refused("cant_archive_general"):
        await client.conversations_archive(channel=sandbox.channels["general"])
    with refused("cant_leave_general"):
        await client.conversations_leave(channel=sandbox.channels["general"])


async def test_a_bot_cannot_unarchive(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="room"))["channel"]["id"]
    await client.conversations_archive(channel=channel)
    with refused("channel_not_found"):
        await client.conversations_unarchive(channel=channel)
