"""User groups: admins change them, and the app is told what changed."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.manifest import EVENTS, SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


@pytest.fixture
def manifest() -> dict[str, object]:
    return make_manifest(events=[*EVENTS, "subteam_members_changed"], scopes=[*SCOPES, "usergroups:read"])


async def test_who_came_and_who_went_is_told_and_the_list_shows_the_rest(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    (group,) = sandbox.workspace.usergroups
    users = sandbox.users
    await driver.user("alice").change_group("checkout-team", add=["erin", "bob"], remove=["dave"])
    told = await app.event("subteam_members_changed")
    assert told["subteam_id"] == group
    assert (told["added_users"], told["added_users_count"]) == ([users["erin"]], "1")
    assert (told["removed_users"], told["removed_users_count"]) == ([users["dave"]], "1")
    assert told["date_previous_update"] <= told["date_update"]
    listed = (await client.usergroups_users_list(usergroup=group))["users"]
    assert listed == [users["alice"], users["bob"], users["erin"]]
    await driver.user("alice").change_group("checkout-team", remove=["erin"])
    assert "added_users" not in await app.event("subteam_members_changed")
    await driver.user("alice").change_group("checkout-team", add=["bob"])  # nothing changes, nothing is told
    await driver.user("alice").change_group("checkout-team", add=["frank"])
    assert (await app.event("subteam_members_changed"))["added_users"] == [users["frank"]]


async def test_only_admins_change_groups_and_only_groups_that_there_are(driver: Driver) -> None:
    with pytest.raises(ActionFailed, match="only admins"):
        await driver.user("bob").change_group("checkout-team", add=["erin"])
    with pytest.raises(ActionFailed, match="no group 'nobody'"):
        await driver.user("alice").change_group("nobody", add=["erin"])
