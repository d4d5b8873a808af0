"""What people do with a whole channel: rename, make private, archive and unarchive it."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, Person
from tests.sandbox.manifest import EVENTS
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder

ALL = [
    *EVENTS,
    "channel_unarchive",
    "group_archive",
    "group_left",
    "group_rename",
    "group_unarchive",
    "user_change",
]


@pytest.fixture
def manifest() -> dict[str, object]:
    return make_manifest(events=ALL)


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


async def test_a_channel_renamed_by_a_person_keeps_its_id(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    incidents = sandbox.channels["incidents"]
    await alice.rename("incidents", "fires")
    line = await app.event("message")
    assert (line["subtype"], line["old_name"], line["name"]) == ("channel_name", "incidents", "fires")
    renamed = (await app.event("channel_rename"))["channel"]
    assert (renamed["id"], renamed["name"], renamed["is_channel"]) == (incidents, "fires", True)
    channel = (await client.conversations_info(channel=incidents))["channel"]
    assert (channel["name"], channel["previous_names"]) == ("fires", ["incidents"])
    with pytest.raises(ActionFailed, match="name_taken"):
        await alice.rename("fires", "random")
    with pytest.raises(ActionFailed, match="invalid_name_specials"):
        await alice.rename("fires", "Two Words")


async def test_a_channel_made_private_keeps_its_id_and_only_members_see_it(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver, alice: Person
) -> None:
    incidents = sandbox.channels["incidents"]
    await driver.user("erin").leave("incidents")
    await app.event("member_left_channel")
    seq = (await driver.see("erin"))["seq"]
    await alice.make_private("incidents")
    told = await app.event("message")
    assert (told["subtype"], told["channel"], told["channel_type"]) == (
        "channel_convert_to_private",
        incidents,
        "group",
    )
    assert told["user"] == sandbox.users["alice"]
    channel = (await client.conversations_info(channel=incidents))["channel"]
    assert (channel["id"], channel["is_private"], channel["is_channel"]) == (incidents, True, False)
    assert (await client.conversations_list(types="private_channel"))["channels"][0]["id"] == incidents
    seen = await driver.see("erin", after=seq, wait=5)
    assert "incidents" not in [each["name"] for each in seen["channels"]]
    with pytest.raises(ActionFailed, match="channel_not_found"):
        await driver.user("erin").join("incidents")
    with pytest.raises(ActionFailed, match="is private"):
        await alice.make_private("incidents")
    with pytest.raises(ActionFailed, match="everybody's"):
        await alice.make_private("general")


@pytest.mark.parametrize(
    "manifest", [make_manifest(scopes=["channels:history", "channels:read", "chat:write"], events=ALL)]
)
async def test_without_a_scope_for_private_channels_the_app_loses_a_channel_that_is_made_private(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    await alice.make_private("incidents")
    await alice.say("incidents", "among ourselves")
    assert app.kinds() == []
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.conversations_info(channel=sandbox.channels["incidents"])


async def test_archiving_and_unarchiving_a_private_channel_are_events(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    incidents = sandbox.channels["incidents"]
    await alice.make_private("incidents")
    await alice.rename("incidents", "fires")
    assert (await app.event("group_rename"))["channel"]["name"] == "fires"
    await alice.archive("fires")
    assert (await app.event("group_archive"))["channel"] == incidents
    await alice.unarchive("fires")
    back = await app.event("group_unarchive")
    assert (back["channel"], back["user"]) == (incidents, sandbox.users["alice"])
    await alice.remove("fires", "helper")
    assert (await app.event("group_left"))["channel"] == incidents


async def test_unarchiving_a_public_channel_is_an_event(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    await alice.archive("incidents")
    await alice.unarchive("incidents")
    back = await app.event("channel_unarchive")
    assert (back["channel"], back["user"]) == (sandbox.channels["incidents"], sandbox.users["alice"])


async def test_removing_a_member_is_a_leave_event(sandbox: Sandbox, app: Recorder, alice: Person) -> None:
    await alice.remove("incidents", "bob")
    left = await app.event("member_left_channel")
    assert (left["user"], left["channel"]) == (sandbox.users["bob"], sandbox.channels["incidents"])
