"""Rate limits: the last call that is accepted, and the first that is not."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.catalogue import methods
from bot.sandbox.api.limits import POST_BURST, Limits
from bot.sandbox.core.clock import Clock


@pytest.fixture
async def clock() -> Clock:
    clock = Clock()
    clock.stop()
    return clock


@pytest.mark.parametrize(
    ("name", "a_minute"),
    [
        ("conversations.create", 20),
        ("pins.add", 20),
        ("conversations.invite", 50),
        ("chat.update", 50),
        ("views.open", 100),
        ("users.info", 100),
        ("auth.test", 600),
    ],
)
async def test_each_tier_has_a_limit_of_calls_per_minute(clock: Clock, name: str, a_minute: int) -> None:
    limits, method = Limits(clock), methods()[name]
    assert [limits.admit(method) for _ in range(a_minute)] == [None] * a_minute
    assert limits.admit(method) == 60
    await clock.advance(59)
    assert limits.admit(method) == 1
    await clock.advance(1)
    assert limits.admit(method) is None


async def test_posting_has_a_limit_of_one_message_a_second_per_channel_with_short_bursts(
    clock: Clock,
) -> None:
    limits, method = Limits(clock), methods()["chat.postMessage"]
    assert [limits.admit(method, "C1") for _ in range(POST_BURST)] == [None] * POST_BURST
    assert limits.admit(method, "C1") == 1
    assert limits.admit(method, "C2") is None
    await clock.advance(1)
    assert limits.admit(method, "C1") is None
    assert limits.admit(method, "C1") == 1


async def test_posting_has_a_limit_for_the_whole_workspace(clock: Clock) -> None:
    limits, method = Limits(clock), methods()["chat.postMessage"]
    assert [limits.admit(method, f"C{n}") for n in range(600)] == [None] * 600
    assert limits.admit(method, "C600") == 60


async def test_a_reset_clears_the_counts(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.clock.stop()
    for _ in range(20):
        await client.conversations_list()
    with pytest.raises(SlackApiError, match="ratelimited"):
        await client.conversations_list()
    sandbox.reset()
    sandbox.clock.stop()
    assert (await client.conversations_list())["ok"]


async def test_the_client_is_told_when_to_try_again(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.clock.stop()
    for number in range(20):
        await client.conversations_create(name=f"room-{number}")
    with pytest.raises(SlackApiError) as refusal:
        await client.conversations_create(name="room-20")
    assert refusal.value.response.status_code == 429
    assert refusal.value.response["error"] == "ratelimited"
    assert refusal.value.response.headers["Retry-After"] == "60"
    await sandbox.clock.advance(60)
    assert (await client.conversations_create(name="room-20"))["ok"]


async def test_limits_can_be_switched_off(sandbox: Sandbox) -> None:
    free = await Sandbox.start(manifest=sandbox._manifest, rate_limits=False)
    client = AsyncWebClient(token=free.bot_token, base_url=free.base_url, retry_handlers=[])
    for number in range(25):
        await client.conversations_create(name=f"room-{number}")
    await free.stop()
