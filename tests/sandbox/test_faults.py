"""Faults, as the official client sees them."""

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from bot.sandbox.network.faults import Fault
from tests.sandbox.recorder import Recorder


async def test_a_429_says_when_to_try_again(client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("ratelimited", method="auth.test", retry_after=7, count=1)
    with pytest.raises(SlackApiError) as refusal:
        await client.auth_test()
    assert refusal.value.response.headers["Retry-After"] == "7"
    assert (await client.auth_test())["ok"]


@pytest.mark.parametrize(("fault", "status"), [("error500", 500), ("error503", 503)])
async def test_an_outage_answers_with_a_web_page(
    sandbox: Sandbox, client: AsyncWebClient, fault: str, status: int
) -> None:
    sandbox.faults.add(Fault(fault, count=1))
    with pytest.raises(SlackApiError) as refusal:
        await client.auth_test()
    assert refusal.value.response.status_code == status
    assert refusal.value.response.data == {}


@pytest.mark.parametrize(("fault", "posted"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_connection_is_reset_before_or_after_the_call_took_effect(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver, fault: str, posted: int
) -> None:
    await driver.fault(fault, method="chat.postMessage", count=1)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=sandbox.channels["general"], text="x")
    assert len((await driver.see("alice", "general"))["channel"]["messages"]) == posted


async def test_a_slow_answer_is_late(sandbox: Sandbox, client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("slow", seconds=0.05, count=1)
    await client.auth_test()
    assert sandbox.traffic.since()[-1]["ms"] >= 50


async def test_a_slow_call_takes_effect_before_its_answer(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    await driver.fault("slow", method="chat.postMessage", seconds=0.2, count=1)
    call = asyncio.create_task(
        client.chat_postMessage(channel=sandbox.channels["general"], text="not yet answered")
    )
    await driver.user("bob").until(lambda seen: "not yet answered" in str(seen["channel"]), "general")
    assert not call.done()
    await call


async def test_a_429_may_have_an_odd_retry_after(client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("ratelimited", method="auth.test", retry_after="soon", count=1)
    with pytest.raises(SlackApiError) as refusal:
        await client.auth_test()
    assert refusal.value.response.headers["Retry-After"] == "soon"


async def test_response_urls_have_their_own_faults(app: Recorder, driver: Driver) -> None:
    await driver.user("alice").command("general", "/help-me")
    hook = AsyncWebhookClient((await app.payload("/help-me"))["response_url"], retry_handlers=[])
    await driver.fault("error503", method="response_url", count=1)
    assert (await hook.send(text="lost")).status_code == 503
    await driver.fault("reset_after", method="response_url", count=1)
    with pytest.raises(aiohttp.ClientError):
        await hook.send(text="shown all the same")
    await driver.fault("down", seconds=60)
    assert (await hook.send(text="lost")).status_code == 503
    shown = (await driver.see("alice", "general"))["channel"]["messages"]
    assert [message["text"] for message in shown] == ["shown all the same"]


async def test_the_bytes_of_files_have_their_own_faults(client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("error500", method="upload_url", count=1)
    with pytest.raises(SlackRequestError, match="500"):
        await client.files_upload_v2(filename="a.txt", content="a")
    assert (await client.files_upload_v2(filename="a.txt", content="a"))["ok"]


async def test_every_answer_can_be_delayed(sandbox: Sandbox) -> None:
    slow = await Sandbox.start(manifest=sandbox._manifest, latency=0.05)
    client = AsyncWebClient(token=slow.bot_token, base_url=slow.base_url)
    await client.auth_test()
    assert slow.traffic.since()[-1]["ms"] >= 50
    await slow.stop()


async def test_slack_is_down_for_a_while(sandbox: Sandbox, client: AsyncWebClient, driver: Driver) -> None:
    sandbox.clock.stop()
    await driver.fault("down", seconds=60)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="503"):
            await client.auth_test()
    await driver.advance(60)
    assert (await client.auth_test())["ok"]


async def test_a_scope_is_taken_away(sandbox: Sandbox, client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("missing_scope", scope="chat:write")
    with pytest.raises(SlackApiError, match="missing_scope") as refusal:
        await client.chat_postMessage(channel=sandbox.channels["general"], text="x")
    assert refusal.value.response["needed"] == "chat:write"
    assert (await client.users_list())["ok"]


async def test_a_method_is_unknown_or_refused_with_any_code(client: AsyncWebClient, driver: Driver) -> None:
    await driver.fault("unknown_method", method="canvases.create", count=1)
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.canvases_create(title="x")
    code = "free_teams_cannot_create_standalone_canvases"
    await driver.fault("refuse", method="canvases.create", error=code)
    with pytest.raises(SlackApiError, match=code):
        await client.canvases_create(title="x")


async def test_a_fault_has_a_method_a_count_and_a_probability(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    await driver.fault("error500", method="users.list", count=1)
    assert (await client.auth_test())["ok"]
    with pytest.raises(SlackApiError):
        await client.users_list()
    assert (await client.users_list())["ok"]
    sandbox.faults.add(Fault("error500", probability=0.5))
    hits = sum(sandbox.faults.hit(frozenset({"error500"})) is not None for _ in range(1000))
    assert 400 < hits < 600
    await driver.clear_faults()
    assert (await client.auth_test())["ok"]


async def test_a_socket_is_closed_between_event_and_ack_and_the_event_is_sent_again(
    sandbox: Sandbox, http: aiohttp.ClientSession, driver: Driver
) -> None:
    async with Recorder(sandbox, http) as first, Recorder(sandbox, http) as second:
        await driver.fault("drop_socket", count=1)
        await driver.user("alice").say("general", "hello")
        lost, again = await first.request("message"), await second.request("message")
    assert lost.payload["event_id"] == again.payload["event_id"]
    assert (again.retry_attempt, again.retry_reason) == (1, "connection_lost")


async def test_events_can_be_sent_twice(app: Recorder, driver: Driver) -> None:
    await driver.fault("duplicate_events", count=1)
    await driver.user("alice").say("general", "hello")
    first, second = await app.request("message"), await app.request("message")
    assert first.payload["event_id"] == second.payload["event_id"]
    assert first.envelope_id != second.envelope_id


async def test_events_can_be_sent_out_of_order(app: Recorder, driver: Driver) -> None:
    await driver.fault("reorder_events", count=1)
    for text in ("first", "second"):
        await driver.user("alice").say("general", text)
    assert [(await app.event("message"))["text"] for _ in range(2)] == ["second", "first"]


async def test_a_delayed_event_without_a_later_one_is_sent_late(app: Recorder, driver: Driver) -> None:
    await driver.fault("reorder_events", count=1)
    await driver.user("alice").say("general", "alone")
    assert (await app.event("message"))["text"] == "alone"


@pytest.mark.parametrize("body", [{"fault": "flood"}, {"fault": "slow", "speed": 1}])
async def test_an_unknown_fault_is_refused_with_the_known_ones(driver: Driver, body: dict[str, str]) -> None:
    with pytest.raises(ActionFailed, match=r"there are|a fault has"):
        await driver.fault(**body)


async def test_active_faults_are_listed(
    sandbox: Sandbox, driver: Driver, http: aiohttp.ClientSession
) -> None:
    await driver.fault("slow", seconds=1, method="users.list")
    async with http.get(sandbox.control_url + "faults") as answer:
        (shown,) = (await answer.json())["faults"]
    assert (shown["fault"], shown["method"], shown["seconds"]) == ("slow", "users.list", 1)
