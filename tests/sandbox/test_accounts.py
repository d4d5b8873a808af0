"""Accounts: deactivated, reactivated, and those of guests."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox, seed
from bot.sandbox.driver import ActionFailed, Driver, Person
from bot.sandbox.seed import SeedError
from tests.sandbox.manifest import EVENTS
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


@pytest.fixture
def manifest() -> dict[str, object]:
    return make_manifest(events=[*EVENTS, "user_change"])


@pytest.fixture
def alice(driver: Driver) -> Person:
    """An admin."""
    return driver.user("alice")


async def test_a_deactivated_account_causes_an_event_and_is_in_no_channel(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver, alice: Person
) -> None:
    bob, general = sandbox.users["bob"], sandbox.channels["general"]
    await alice.deactivate("bob")
    changed = await app.event("user_change")
    assert (changed["user"]["id"], changed["user"]["deleted"]) == (bob, True)
    user = (await client.users_info(user=bob))["user"]
    assert (user["deleted"], user["profile"]["real_name"]) == (True, "Bob Brown")
    assert {"real_name", "tz", "is_admin", "is_restricted"} & set(user) == set()
    assert bob not in (await client.conversations_members(channel=general))["members"]
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.conversations_invite(channel=general, users=[bob])
    with pytest.raises(SlackApiError, match="users_not_found"):
        await client.users_lookupByEmail(email="bob@acme.example")
    with pytest.raises(ActionFailed, match="nobody who could do something"):
        await driver.user("bob").say("general", "hello?")
    with pytest.raises(ActionFailed, match="deactivated"):
        await alice.invite("general", "bob")


async def test_a_reactivated_account_has_no_channels(
    sandbox: Sandbox, app: Recorder, driver: Driver, alice: Person
) -> None:
    await alice.deactivate("bob")
    await app.event("user_change")
    await alice.reactivate("bob")
    assert (await app.event("user_change"))["user"]["deleted"] is False
    assert not any(channel["is_member"] for channel in (await driver.see("bob"))["channels"])
    await driver.user("bob").join("general")
    assert sandbox.users["bob"] in (await driver.see("alice", "general"))["channel"]["members"]


@pytest.mark.parametrize(
    ("user", "action", "details", "error"),
    [
        ("bob", "deactivate", {"target": "carol"}, "only admins"),
        ("alice", "deactivate", {"target": "alice"}, "no account that you can change"),
        ("alice", "deactivate", {"target": "helper"}, "no account that you can change"),
        ("alice", "reactivate", {"target": "bob"}, "bob is not deactivated"),
        ("alice", "change_role", {"target": "bob", "role": "king"}, "no_such_role"),
    ],
)
async def test_only_admins_can_change_accounts(
    driver: Driver, user: str, action: str, details: dict[str, str], error: str
) -> None:
    assert error in (await driver.act(user, action, **details))["error"]


async def test_a_guest_sees_only_their_own_channels(app: Recorder, driver: Driver, alice: Person) -> None:
    await alice.change_role("erin", "guest")
    user = (await app.event("user_change"))["user"]
    assert (user["is_restricted"], user["is_ultra_restricted"]) == (True, False)
    assert [channel["name"] for channel in (await driver.see("erin"))["channels"]] == ["general", "incidents"]
    erin = driver.user("erin")
    with pytest.raises(ActionFailed, match="channel_not_found"):
        await erin.join("random")
    assert (await erin.say("general", "#random"))["messages"][-1]["text"] == "#random"
    for forbidden in (erin.rename("general", "hall"), erin.archive("incidents")):
        with pytest.raises(ActionFailed, match="guests cannot"):
            await forbidden
    await alice.invite("random", "erin")
    assert "random" in [channel["name"] for channel in (await driver.see("erin"))["channels"]]


async def test_inviting_a_guest_is_refused_until_it_is_possible(
    sandbox: Sandbox, client: AsyncWebClient, alice: Person
) -> None:
    room = (await client.conversations_create(name="room"))["channel"]["id"]
    bob, erin, frank = (sandbox.users[name] for name in ("bob", "erin", "frank"))
    await alice.change_role("erin", "guest")
    await alice.change_role("frank", "single_channel_guest")
    forced = await client.conversations_invite(
        channel=room, users=[bob, erin, frank, "USLACKBOT"], force=True
    )
    assert {entry["user"]: entry["error"] for entry in forced["errors"]} == {
        erin: "user_is_restricted",
        frank: "ura_max_channels",
        "USLACKBOT": "cant_invite",
    }
    assert bob in (await client.conversations_members(channel=room))["members"]
    with pytest.raises(ActionFailed, match="ura_max_channels"):
        await alice.invite("random", "frank")
    for channel in ("general", "incidents"):
        await alice.remove(channel, "frank")
    await client.conversations_invite(channel=room, users=[frank])
    await alice.change_role("erin", "member")
    await client.conversations_invite(channel=room, users=[erin])
    members = (await client.conversations_members(channel=room))["members"]
    assert {erin, frank} <= set(members)


async def test_a_single_channel_guest_is_a_guest() -> None:
    contents = {
        "users": [{"name": "zoe"}, {"name": "una", "is_ultra_restricted": True}],
        "channels": [
            {"name": "general", "members": ["zoe"], "app": True},
            {"name": "lab", "members": ["una"]},
        ],
    }
    own = await Sandbox.start(manifest=make_manifest(), workspace=contents)
    client = AsyncWebClient(token=own.bot_token, base_url=own.base_url)
    user = (await client.users_info(user=own.users["una"]))["user"]
    shown = own.see("una")
    await own.stop()
    assert (user["is_restricted"], user["is_ultra_restricted"]) == (True, True)
    assert [channel["name"] for channel in shown["channels"]] == ["lab"]


@pytest.mark.parametrize(
    ("user", "told"),
    [
        (
            {"name": "una", "is_ultra_restricted": True},
            "users.0: a single-channel guest is in one channel, not in 2",
        ),
        ({"name": "una", "deleted": True}, "users.0: who is deactivated is in no channel"),
    ],
)
def test_an_account_in_a_channel_that_it_cannot_be_in_is_reported(user: dict[str, Any], told: str) -> None:
    channels = [{"name": name, "members": ["una"]} for name in ("general", "lab")]
    with pytest.raises(SeedError) as refusal:
        seed.check({"users": [user], "channels": channels})
    assert told in str(refusal.value)


def test_a_deactivated_person_of_a_custom_workspace_is_not_in_general() -> None:
    (general,) = seed.check({"users": [{"name": "zoe"}, {"name": "una", "deleted": True}]}).channels
    assert general.members == ("zoe",)
