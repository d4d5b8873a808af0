"""What people do over the control API, and what they cannot do."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver


async def test_an_action_answers_with_what_is_new(sandbox: Sandbox, driver: Driver) -> None:
    await driver.user("bob").say("general", "old")
    outcome = await driver.user("alice").say("general", "new")
    assert [message["text"] for message in outcome["messages"]] == ["new"]
    assert outcome["seq"] == sandbox.revisions.seq


@pytest.mark.parametrize(
    ("user", "action", "details", "error"),
    [
        ("nobody", "say", {}, "user_not_found"),
        ("helper", "say", {"channel": "general", "text": "x"}, "nobody who could do something"),
        ("alice", "leave", {"channel": "@bob"}, "not a channel"),
        ("alice", "submit", {"values": ["x"]}, "no modal is open"),
        ("alice", "fly", {}, "unknown_action"),
        ("alice", "say", {"channel": "general"}, "needs 'text'"),
        ("alice", "say", {"channel": "nowhere", "text": "x"}, "channel_not_found"),
        ("erin", "say", {"channel": "random", "text": "x"}, "not_in_channel"),
        ("alice", "reply", {"channel": "general", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("alice", "join", {"channel": "general"}, "already_in_channel"),
        ("alice", "leave", {"channel": "general"}, "cant_leave_general"),
        ("alice", "archive", {"channel": "general"}, "cant_archive_general"),
        ("alice", "unarchive", {"channel": "general"}, "not_archived"),
        ("alice", "invite", {"channel": "general", "target": "bob"}, "already_in_channel"),
        ("alice", "remove", {"channel": "random", "target": "erin"}, "not_in_channel"),
        ("alice", "click", {"home": True, "action_id": "x"}, "no Home tab"),
        ("alice", "click", {"view_id": "V0", "action_id": "x"}, "no modal is open"),
    ],
)
async def test_an_action_that_is_not_possible_is_refused_with_a_reason(
    driver: Driver, user: str, action: str, details: dict[str, Any], error: str
) -> None:
    outcome = await driver.act(user, action, **details)
    assert outcome["ok"] is False
    assert error in outcome["error"]
    assert outcome["messages"] == outcome["modals"] == []


async def test_an_archived_channel_is_opened_again_with_its_members(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    alice = driver.user("alice")
    await alice.invite("random", "helper")
    await alice.archive("random")
    with pytest.raises(SlackApiError, match="is_archived"):
        await client.chat_postMessage(channel=sandbox.channels["random"], text="x")
    await alice.unarchive("random")
    assert (await client.chat_postMessage(channel=sandbox.channels["random"], text="x"))["ok"]


async def test_people_change_only_their_own_messages(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    general = sandbox.channels["general"]
    theirs = (await driver.user("bob").say("general", "mine"))["messages"][0]["ts"]
    apps = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    for ts in (theirs, apps):
        with pytest.raises(ActionFailed, match="cant_change_message"):
            await driver.user("alice").edit("general", ts, "forged")
    await driver.user("bob").edit("general", theirs, "still mine")
    shown = (await driver.see("alice", "general"))["channel"]["messages"][0]
    assert (shown["text"], shown["edited"]["user"]) == ("still mine", sandbox.users["bob"])


async def test_nobody_reacts_to_what_only_they_can_see(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    alice = driver.user("alice")
    await client.chat_postEphemeral(
        channel=sandbox.channels["general"], user=sandbox.users["alice"], text="psst"
    )
    ts = (await alice.see("general"))["channel"]["messages"][0]["ts"]
    with pytest.raises(ActionFailed, match="visible to you only"):
        await alice.react("general", ts, "eyes")
    with pytest.raises(ActionFailed, match="message_not_found"):
        await driver.user("bob").react("general", ts, "eyes")
