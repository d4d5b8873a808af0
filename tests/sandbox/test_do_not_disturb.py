"""Do-not-disturb: a person switches it on and off, and an app sees the schedule only."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.manifest import EVENTS, SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder

HOUR = 60 * 60


@pytest.fixture
def manifest() -> dict[str, object]:
    return make_manifest(events=[*EVENTS, "dnd_updated_user"])


async def schedule(client: AsyncWebClient, person: str) -> dict[str, Any]:
    answer = (await client.dnd_info(user=person)).data
    assert isinstance(answer, dict)
    return {name: value for name, value in answer.items() if name.startswith(("dnd", "next", "snooze"))}


async def test_a_person_switches_it_on_and_off_and_the_app_hears_of_it(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, driver: Driver
) -> None:
    bob, now = sandbox.users["bob"], int(sandbox.clock.timestamp())
    off = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    assert await schedule(client, bob) == off
    await driver.user("bob").do_not_disturb(60, starts_in=30)
    heard = await app.event("dnd_updated_user")
    assert heard["user"] == bob
    told = heard["dnd_status"]
    assert told == await schedule(client, bob)
    assert told["dnd_enabled"] is True
    assert 0 <= told["next_dnd_start_ts"] - now - 30 * 60 < HOUR
    assert told["next_dnd_end_ts"] - told["next_dnd_start_ts"] == HOUR
    await driver.user("bob").do_not_disturb(0)
    assert (await app.event("dnd_updated_user"))["dnd_status"] == off


async def test_it_comes_again_each_day_and_only_the_person_sees_that_it_is_on(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    bob = sandbox.users["bob"]
    await driver.user("bob").do_not_disturb(60)
    first = await schedule(client, bob)
    seen = await driver.see("bob")
    assert seen["user"]["undisturbed_until"] == first["next_dnd_end_ts"]
    assert "undisturbed_until" not in (await driver.see("alice"))["users"][0]
    await driver.advance(HOUR)
    second = await schedule(client, bob)
    assert second["next_dnd_start_ts"] - first["next_dnd_start_ts"] == 24 * HOUR
    assert (await driver.see("bob"))["user"]["undisturbed_until"] is None
    await driver.advance(3 * 24 * HOUR)
    later = await schedule(client, bob)
    assert later["next_dnd_end_ts"] > sandbox.clock.timestamp()


async def test_of_itself_an_app_also_sees_that_it_has_no_snooze(client: AsyncWebClient) -> None:
    answer = await client.dnd_info()
    assert (answer["dnd_enabled"], answer["snooze_enabled"]) == (False, False)


async def test_slack_refuses_a_stranger(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="user_not_found"):
        await client.dnd_info(user="UNOBODY")


async def test_without_the_scope_there_is_neither_answer_nor_event() -> None:
    scopes = [scope for scope in SCOPES if scope != "dnd:read"]
    sandbox = await Sandbox.start(manifest=make_manifest(scopes=scopes, events=[*EVENTS, "dnd_updated_user"]))
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)
    try:
        with pytest.raises(SlackApiError, match="missing_scope"):
            await client.dnd_info(user=sandbox.users["bob"])
        async with Driver(sandbox.control_url) as driver:
            await driver.user("bob").do_not_disturb(60)
    finally:
        await sandbox.stop()


@pytest.mark.parametrize(
    "given", [{}, {"minutes": -1}, {"minutes": 1440}, {"minutes": "soon"}, {"minutes": True}]
)
async def test_a_wrong_length_is_refused(sandbox: Sandbox, given: dict[str, Any]) -> None:
    answer = await sandbox.act({"user": "bob", "action": "do_not_disturb", **given})
    assert answer["ok"] is False
    assert "minutes" in answer["error"]
    with pytest.raises(ActionFailed, match="starts_in"):
        async with Driver(sandbox.control_url) as driver:
            await driver.user("bob").do_not_disturb(60, starts_in=-5)


async def test_the_length_may_be_typed_as_text(sandbox: Sandbox) -> None:
    answer = await sandbox.act({"user": "bob", "action": "do_not_disturb", "minutes": "60"})
    assert answer["ok"] is True
