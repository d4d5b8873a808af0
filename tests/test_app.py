"""The composition root: what is checked at the start, and whose leases are taken over."""

from pathlib import Path

import pytest
import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.engine.store.database import Database
from bot.sandbox import Sandbox
from bot.sandbox.network.faults import Fault
from bot.slack.setup_check import SlackRefusesError, SlackUnavailableError
from tests.conftest import StillClock


async def test_leases_use_the_time_of_the_database(database: Database, clock: StillClock) -> None:
    told = await database.now()
    assert told.tzinfo is not None
    assert told > clock()


async def _refusal(changed: dict[str, object], tmp_path: Path, fault: Fault | None = None) -> str:
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    if fault:
        sandbox.faults.add(fault)
    given = settings(sandbox, tmp_path / "w.db").model_dump() | changed
    with pytest.raises((SlackRefusesError, SlackUnavailableError)) as refused:
        await running(GivenSettings.model_validate(given)).__aenter__()
    await sandbox.stop()
    return str(refused.value)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slack_bot_token": "xoxb-wrong"}, "Slack refuses SLACK_BOT_TOKEN: invalid_auth"),
        ({"slack_app_token": "xapp-wrong"}, "Slack refuses SLACK_APP_TOKEN: invalid_auth"),
        ({"incidents_channel": "C0NOWHERE"}, "Slack refuses INCIDENTS_CHANNEL C0NOWHERE: channel_not_found"),
        ({"slack_api_url": "http://127.0.0.1:1/api/"}, "Slack cannot be reached"),
    ],
)
async def test_settings_that_slack_refuses_are_reported_at_the_start(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    assert told in await _refusal(changed, tmp_path)


async def test_a_server_that_cannot_describe_channels_is_accepted(tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    sandbox.faults.add(Fault("unknown_method", method="conversations.info"))
    async with running(settings(sandbox, tmp_path / "w.db"), clock=sandbox.clock.now) as started:
        assert started.bot_user == sandbox.bot_user_id
    await sandbox.stop()
