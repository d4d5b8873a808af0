"""Slack has trouble just when the bot starts, or when it connects anew: it waits, or says what to mend."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.app import running
from bot.cli.practice import settings
from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed
from bot.sandbox.faults import Fault
from bot.slack.acceptance import SlackRefusesError, SlackUnwellError
from bot.slack.connection import Patience
from tests.resilience.conftest import MANIFEST, Opened
from tests.resilience.rough import RoughOffice
from tests.resilience.uses import START

PASSING = {
    "429": Fault("ratelimited"),
    "500": Fault("error500"),
    "503": Fault("error503"),
    "reset before": Fault("reset_before"),
    "reset after": Fault("reset_after"),
    "slow": Fault("slow", seconds=0.4),
    "down": Fault("down", seconds=600),
}
LASTING = {
    "unknown method": (Fault("unknown_method"), "unknown_method"),
    "missing scope": (Fault("missing_scope"), "missing_scope"),
}


async def _start(sandbox: Sandbox, folder: Path) -> None:
    patience = Patience(call=0.2)
    async with running(settings(sandbox, folder / "w.db"), clock=sandbox.clock.now, patience=patience):
        pass


@pytest.mark.parametrize("name", PASSING)
@pytest.mark.parametrize("method", sorted(START))
async def test_what_passes_by_itself_is_waited_for(method: str, name: str, tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST)
    sandbox.faults.add(replace(PASSING[name], method=method))
    with pytest.raises(SlackUnwellError, match=r"try again in a while|cannot be reached"):
        await _start(sandbox, tmp_path)
    sandbox.faults.clear()
    await _start(sandbox, tmp_path)
    await sandbox.stop()


@pytest.mark.parametrize("name", LASTING)
@pytest.mark.parametrize("method", sorted(START))
async def test_what_does_not_is_told_with_what_to_mend(method: str, name: str, tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=MANIFEST)
    fault, reason = LASTING[name]
    sandbox.faults.add(replace(fault, method=method))
    needs_scope = method == "conversations.info"
    knows_without = method == "conversations.info" and name == "unknown method"
    if knows_without or (name == "missing scope" and not needs_scope):
        await _start(sandbox, tmp_path)  # it needs no scope; or the server speaks only a part of Slack's API
    else:
        with pytest.raises(SlackRefusesError, match=reason):
            await _start(sandbox, tmp_path)
    await sandbox.stop()


async def test_a_bot_whose_sockets_are_renewed_during_an_outage_hears_again_afterwards(
    open_office: Opened,
) -> None:
    async with open_office("reconnecting") as office:
        office.strike("error503", method="apps.connections.open", count=1)
        await office.driver.disconnect("refresh_requested")
        assert "No incident is open" in await _answered(office)


async def _answered(office: RoughOffice) -> str:
    """Alice asks until she is answered: what was on its way through a socket that closed is lost."""
    for _ in range(10):
        try:
            return await office.told("alice", "list", "general")
        except ActionFailed:
            await office.sandbox.sockets.connected()
    return ""


async def test_the_incidents_channel_may_be_away_while_an_incident_goes_on(open_office: Opened) -> None:
    async with open_office("archived incidents") as office:
        await office.person("alice").archive("incidents")
        await office.told("alice", "declare sev4 Down", "general")
        await office.settle()
        told = await office.everything_told()
        assert "I could not announce it in the incidents channel: Slack says `is_archived`" in told
        await office.person("alice").unarchive("incidents")
        await office.retry()
        assert len((await office.picture())["announcements"]) == 1
