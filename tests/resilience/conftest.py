"""The real bot in a sandbox whose clock stands still: ten minutes of outage take no time."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.core.resources import shipped
from bot.drills.stage import Stage
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.slack.connection import Timeouts
from tests.patience import UNHURRIED
from tests.policies import patient
from tests.resilience.faulty_office import FaultyOffice

# Nobody is reminded of anything while the test waits for the end of a fault. Reminders during a fault have their own
# test.
QUIET_POLICY = patient(commander_within="1 day")

MANIFEST = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))

Opened = Callable[..., AbstractAsyncContextManager[FaultyOffice]]


@asynccontextmanager
async def faulty_office(
    folder: Path, patience: Timeouts = UNHURRIED, policy: str = QUIET_POLICY
) -> AsyncIterator[FaultyOffice]:
    """An office in which calls fail. The bot waits for Slack as long as `patience` says."""
    _write_policy(folder, policy)
    sandbox = await Sandbox.start(manifest=MANIFEST, rate_limits=False, ack_seconds=patience.ack)
    sandbox.clock.stop()
    given = settings(sandbox, folder / "rough.db").model_copy(update={"policy_file": folder / "policy.yml"})
    try:
        async with (
            running(given, clock=sandbox.clock.now, timeouts=patience) as app,
            Driver(sandbox.control_url) as driver,
        ):
            # Delivery runs only when `settle` says so; nothing else delivers.
            app.engine.deliverer.stop()
            await app.delivering
            yield FaultyOffice(sandbox, app, driver, Stage(driver, folder), given)
    finally:
        await sandbox.stop()


def _write_policy(folder: Path, policy: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "policy.yml").write_text(policy)


@pytest.fixture
def open_office(tmp_path: Path) -> Opened:
    """Opens an office under its own name: `open_office("calm")`."""

    def opened(
        name: str, patience: Timeouts = UNHURRIED, policy: str = QUIET_POLICY
    ) -> AbstractAsyncContextManager[FaultyOffice]:
        return faulty_office(tmp_path / name, patience, policy)

    return opened
