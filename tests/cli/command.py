"""Commands of the command line, run with an environment that has no settings for Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import yaml
from typer.testing import CliRunner

from bot.cli import doctor
from bot.cli.main import cli
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.sandbox import Sandbox

CLEAN = dict.fromkeys(
    ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "POLICY_FILE", "PORT"), ""
)


def run(*words: str, **environment: str) -> tuple[int, str]:
    """Run a command; its exit status and what it prints."""
    result = CliRunner().invoke(cli, words, env={**CLEAN, **environment})
    return result.exit_code, result.output


async def examine(given: GivenSettings) -> tuple[bool, str]:
    """Run doctor; whether all is well, and what it prints."""
    lines: list[str] = []
    healthy = await doctor.check(given, lines.append)
    return healthy, "\n".join(lines)


@asynccontextmanager
async def slack() -> AsyncIterator[Sandbox]:
    """A sandbox that has the app's manifest."""
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    yield sandbox
    await sandbox.stop()
