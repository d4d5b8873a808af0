"""A workspace that does not have some types of blocks refuses them as Slack refuses any unknown type."""

from typing import Any

import pytest
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver

TAG = {"type": "tag", "text": "SEV1", "color": "red"}
LINE = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [TAG]}]}


async def _start(**team: Any) -> Sandbox:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    return await Sandbox.start(manifest=manifest, workspace={"team": team} if team else None)


def _client(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)


async def test_a_refused_type_is_named_with_its_place_until_it_is_accepted_again() -> None:
    sandbox = await _start()
    general = sandbox.channels["general"]
    async with Driver(sandbox.control_url) as driver:
        await driver.refuse_blocks("tag", "alert")
        with pytest.raises(SlackApiError) as caught:
            await _client(sandbox).chat_postMessage(
                channel=general, text="SEV1", blocks=[{"type": "divider"}, LINE]
            )
        assert caught.value.response["error"] == "invalid_blocks"
        assert caught.value.response["errors"] == [
            "unsupported type: tag [json-pointer:/blocks/1/elements/0/elements/0/type]"
        ]
        await driver.refuse_blocks()
        assert (await _client(sandbox).chat_postMessage(channel=general, text="SEV1", blocks=[LINE]))["ok"]
    await sandbox.stop()


async def test_a_view_with_a_refused_type_is_refused_before_its_trigger_is_used() -> None:
    sandbox = await _start(refused_blocks=["alert"])
    alert = {"type": "alert", "text": {"type": "mrkdwn", "text": "It closes."}}
    view = {"type": "modal", "title": {"type": "plain_text", "text": "Form"}, "blocks": [alert]}
    with pytest.raises(SlackApiError) as caught:
        await _client(sandbox).views_open(trigger_id="none", view=view)
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] unsupported type: alert [json-pointer:/view/blocks/0/type]"
    ]
    await sandbox.stop()


async def test_a_workspace_that_begins_with_refused_types_has_them_again_after_a_reset() -> None:
    sandbox = await _start(refused_blocks=["tag"])
    async with Driver(sandbox.control_url) as driver:
        await driver.refuse_blocks()
        assert sandbox.workspace.refused_blocks == frozenset()
        await driver.reset()
        assert sandbox.workspace.refused_blocks == {"tag"}
    await sandbox.stop()


async def test_only_a_list_of_types_can_be_refused() -> None:
    sandbox = await _start()
    async with Driver(sandbox.control_url) as driver:
        for wrong in ("tag", [1], None):
            with pytest.raises(ActionFailed, match="list of types"):
                await driver._post("blocks", {"refuse": wrong})
    await sandbox.stop()
