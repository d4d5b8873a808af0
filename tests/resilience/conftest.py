"""The real bot in a sandbox whose clock stands still: ten minutes of outage cost no time."""

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
from bot.slack.connection import Patience
from tests.patience import UNHURRIED
from tests.policies import patient
from tests.resilience.rough import RoughOffice

# Nobody is reminded of anything while a fault is waited out; what reminders do then has a test of its own.
CALM_POLICY = patient(commander_within="1 day")

MANIFEST = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))

Opened = Callable[..., AbstractAsyncContextManager[RoughOffice]]


@asynccontextmanager
async def rough_office(
    folder: Path, patience: Patience = UNHURRIED, policy: str = CALM_POLICY
) -> AsyncIterator[RoughOffice]:
    """An office in which things go wrong; the bot waits for Slack as long as `patience` says."""
    _furnish(folder, policy)
    sandbox = await Sandbox.start(manifest=MANIFEST, rate_limits=False, ack_seconds=patience.ack)
    sandbox.clock.stop()
    given = settings(sandbox, folder / "rough.db").model_copy(update={"policy_file": folder / "policy.yml"})
    try:
        async with (
            running(given, clock=sandbox.clock.now, patience=patience) as app,
            Driver(sandbox.control_url) as driver,
        ):
            # Delivery goes on when `settle` says so, and no second hand is at work then.
            app.engine.deliverer.stop()
            await app.delivering
            yield RoughOffice(sandbox, app, driver, Stage(driver, folder), given)
    finally:
        await sandbox.stop()


def _furnish(folder: Path, policy: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "policy.yml").write_text(policy)


@pytest.fixture
def open_office(tmp_path: Path) -> Opened:
    """Opens an office under a name of its own: `open_office("calm")`."""

    def opened(
        name: str, patience: Patience = UNHURRIED, policy: str = CALM_POLICY
    ) -> AbstractAsyncContextManager[RoughOffice]:
        return rough_office(tmp_path / name, patience, policy)

    return opened
