"""Every error that Slack documents and that arguments or the state of the workspace can cause is caused here."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.catalogue import methods
from tests.sandbox.error_cases import chat, conversations, lists, others
from tests.sandbox.error_cases.case import Arguments
from tests.sandbox.error_sequences import SEQUENCES, Sequence
from tests.sandbox.errors_elsewhere import CODES
from tests.sandbox.manifest import MANIFEST
from tests.sandbox.world import CONTENTS, World, make_world

CASES = [*chat.CASES, *conversations.CASES, *lists.CASES, *others.CASES]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world() -> AsyncIterator[World]:
    """One world for all cases: a refused call changes nothing."""
    sandbox = await Sandbox.start(manifest=MANIFEST, workspace=CONTENTS, rate_limits=False)
    async with aiohttp.ClientSession() as http:
        client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http)
        made = await make_world(sandbox, client)
        await client.conversations_create(name="own")
        yield made
    await sandbox.stop()


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("method", "code", "arguments"), CASES)
async def test_a_call_is_refused_with_the_documented_error(
    world: World, method: str, code: str, arguments: Arguments
) -> None:
    made = arguments(world) if callable(arguments) else arguments
    given = {key: value for key, value in made.items() if value is not None}
    with pytest.raises(SlackApiError) as refusal:
        await world.call(method, **given)
    assert refusal.value.response["error"] == code


@pytest.mark.parametrize(("method", "code", "sequence"), SEQUENCES)
async def test_a_call_is_refused_after_earlier_calls(
    http: aiohttp.ClientSession, method: str, code: str, sequence: Sequence
) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST, workspace=CONTENTS, rate_limits=False)
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http)
    fresh = await make_world(sandbox, client)
    arguments = await sequence(fresh)
    with pytest.raises(SlackApiError) as refusal:
        await fresh.call(method, **arguments)
    await sandbox.stop()
    assert refusal.value.response["error"] == code


def test_every_documented_error_is_caused_or_has_a_reason_why_not() -> None:
    caused = {(method, code) for method, code, _ in [*CASES, *SEQUENCES]}
    documented = {(name, code) for name, method in methods().items() for code in method.errors}
    left = documented - caused
    assert {pair for pair in left if pair[1] not in CODES} == set()
    assert set(CODES) - {code for _, code in left} == set(), "these are caused now, so no excuse is needed"
