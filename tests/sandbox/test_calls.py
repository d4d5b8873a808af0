"""Calling a method: tokens, scopes, and the ways to send arguments."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.catalogue import methods
from bot.sandbox.api.handlers import HANDLERS
from tests.sandbox.blocks import section
from tests.sandbox.manifest import SCOPES
from tests.sandbox.manifest import manifest as make_manifest


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def error_of(http: aiohttp.ClientSession, url: str, **request: Any) -> str:
    async with http.post(url, **request) as answer:
        assert answer.status == 200
        return str((await answer.json())["error"])


def test_every_method_of_the_catalogue_answers() -> None:
    assert set(HANDLERS) == set(methods())


async def test_auth_test_names_the_owner_of_the_token(sandbox: Sandbox, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert answer["user_id"] == sandbox.bot_user_id
    assert answer["team"] == "Acme"
    assert answer["bot_id"] == sandbox.workspace.app.bot_id


async def test_the_answer_names_the_scopes_of_the_token(client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert sorted(answer.headers["x-oauth-scopes"].split(",")) == sorted(SCOPES)


async def test_a_call_without_a_token_is_refused_as_not_authed(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    assert await error_of(http, sandbox.base_url + "auth.test") == "not_authed"


async def test_a_call_with_a_wrong_token_is_refused_as_invalid_auth(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    assert await error_of(http, sandbox.base_url + "auth.test", headers=bearer("xoxb-no")) == "invalid_auth"


@pytest.mark.parametrize(
    ("method", "token"), [("apps.connections.open", "bot_token"), ("users.list", "app_token")]
)
async def test_each_token_works_only_for_its_own_methods(
    sandbox: Sandbox, http: aiohttp.ClientSession, method: str, token: str
) -> None:
    headers = bearer(getattr(sandbox, token))
    assert await error_of(http, sandbox.base_url + method, headers=headers) == "not_allowed_token_type"


async def test_an_unknown_method_is_refused(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    assert await error_of(http, sandbox.base_url + "chat.shout") == "unknown_method"


async def test_bad_json_is_refused(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    headers = {**bearer(sandbox.bot_token), "Content-Type": "application/json"}
    url = sandbox.base_url + "auth.test"
    assert await error_of(http, url, headers=headers, data="{") == "invalid_json"
    assert await error_of(http, url, headers=headers, data="[]") == "json_not_object"


@pytest.mark.parametrize("manifest", [make_manifest(scopes=["chat:write", "groups:read"])])
async def test_a_missing_scope_is_refused_by_name(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.users_list()
    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "users:read"
    assert refusal.value.response["provided"] == "chat:write,groups:read"


@pytest.mark.parametrize("manifest", [make_manifest(scopes=["groups:read", "groups:write"])])
async def test_a_scope_for_private_channels_does_not_work_for_public_ones(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    with pytest.raises(SlackApiError, match="missing_scope") as refusal:
        await client.conversations_info(channel=sandbox.channels["general"])
    assert refusal.value.response["needed"] == "channels:read"
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.conversations_list(types="private_channel,public_channel")
    with pytest.raises(SlackApiError, match="missing_scope"):
        await client.conversations_create(name="open-room")
    made = await client.conversations_create(name="closed-room", is_private=True)
    assert made["channel"]["is_private"]
    listed = await client.conversations_list(types="private_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["closed-room"]


async def test_arguments_can_be_sent_by_query_form_and_json(
    sandbox: Sandbox, http: aiohttp.ClientSession
) -> None:
    url, headers = sandbox.base_url + "chat.postMessage", bearer(sandbox.bot_token)
    channel = sandbox.channels["general"]
    async with http.get(url, headers=headers, params={"channel": channel, "text": "by query"}) as answer:
        assert (await answer.json())["message"]["text"] == "by query"
    form = {"channel": channel, "text": "by form", "blocks": '[{"type":"divider"}]'}
    async with http.post(url, headers=headers, data=form) as answer:
        assert (await answer.json())["message"]["blocks"][0]["type"] == "divider"
    body = {"text": "by json", "blocks": [section()]}
    async with http.post(url, headers=headers, params={"channel": channel}, json=body) as answer:
        assert (await answer.json())["message"]["text"] == "by json"


async def test_the_token_can_be_sent_as_an_argument(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    async with http.post(sandbox.base_url + "auth.test", data={"token": sandbox.bot_token}) as answer:
        assert (await answer.json())["ok"]


@pytest.mark.parametrize(("word", "private"), [("1", True), ("true", True), ("0", False), ("false", False)])
async def test_booleans_can_be_words_or_digits(
    sandbox: Sandbox, http: aiohttp.ClientSession, *, word: str, private: bool
) -> None:
    params = {"name": "room", "is_private": word}
    url = sandbox.base_url + "conversations.create"
    async with http.post(url, headers=bearer(sandbox.bot_token), params=params) as answer:
        assert (await answer.json())["channel"]["is_private"] is private


async def test_missing_and_malformed_arguments_are_all_named(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call("chat.scheduleMessage", json={"post_at": "soon", "unfurl_links": "maybe"})
    assert refusal.value.response["error"] == "invalid_arguments"
    assert refusal.value.response["response_metadata"]["messages"] == [
        "[ERROR] missing required field: channel",
        "[ERROR] must be an integer [json-pointer:/post_at]",
        "[ERROR] must be a boolean [json-pointer:/unfurl_links]",
    ]


@pytest.mark.parametrize(
    ("method", "arguments", "problem"),
    [
        ("views.open", {"view": "{"}, "[json-pointer:/view]"),
        ("conversations.info", {"channel": {"id": "C1"}}, "must provide a string [json-pointer:/channel]"),
        ("users.list", {"limit": 1.5}, "must be an integer [json-pointer:/limit]"),
        ("users.list", {"limit": True}, "must be an integer [json-pointer:/limit]"),
        ("views.open", {"view": {}}, "missing required field: type [json-pointer:/view]"),
    ],
)
async def test_an_argument_of_the_wrong_type_is_refused(
    client: AsyncWebClient, method: str, arguments: dict[str, Any], problem: str
) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call(method, json=arguments)
    assert problem in refusal.value.response["response_metadata"]["messages"][0]


async def test_lists_can_be_comma_separated_or_json(sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
    url, headers = sandbox.base_url + "conversations.open", bearer(sandbox.bot_token)
    alice, bob = sandbox.users["alice"], sandbox.users["bob"]
    ids = set()
    for users in (f"{alice},{bob}", f'["{alice}","{bob}"]'):
        async with http.post(url, headers=headers, data={"users": users}) as answer:
            ids.add((await answer.json())["channel"]["id"])
    assert len(ids) == 1


async def test_small_methods_have_their_documented_shape(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.api_test(foo="bar"))["ok"]
    assert (await client.team_info())["team"]["name"] == "Acme"
    assert (await client.emoji_list())["emoji"] == {}
    assert (await client.bots_info(bot=sandbox.workspace.app.bot_id))["bot"]["user_id"] == sandbox.bot_user_id
    assert (await client.users_getPresence(user=sandbox.users["bob"]))["presence"] == "active"
    assert (await client.api_call("blocks.validate", json={"blocks": [section()]}))["ok"]
