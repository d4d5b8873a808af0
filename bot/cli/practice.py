"""`warroom practice`: the bot in a sandbox, with a page in your browser."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import typer
import yaml

from bot.app import App, running
from bot.cli.run import reload_signal, stop_signal
from bot.config import GivenSettings
from bot.core.errors import WarroomError
from bot.core.resources import shipped
from bot.reloading import reload_when_told
from bot.sandbox import Sandbox
from bot.slack.connection import DEFAULT_TIMEOUTS, Timeouts

LOOPBACK = "127.0.0.1"


class PortTakenError(WarroomError):
    """The port is in use; the message says what to do."""


@asynccontextmanager
async def workspace(
    port: int, database: Path, timeouts: Timeouts = DEFAULT_TIMEOUTS, /, **more: Any
) -> AsyncIterator[tuple[Sandbox, App]]:
    """A sandbox with the bot in it, on one clock, with its own new database.

    Args:
        port: the sandbox's port on 127.0.0.1; 0 takes a free one.
        database: a file that is created anew, because the new sandbox has no channels for old incidents.
        timeouts: how long Slack and the bot wait for each other.
        more: further settings.

    Raises:
        PortTakenError: the port is taken.
    """
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    try:
        sandbox = await Sandbox.start(port, manifest=manifest, ack_seconds=timeouts.ack)
    except OSError as error:
        raise PortTakenError(
            f"port {port} is taken: stop what listens there, or choose another with PORT="
        ) from error
    try:
        for leftover in (database, *(database.with_name(database.name + end) for end in ("-wal", "-shm"))):
            leftover.unlink(missing_ok=True)
        async with running(settings(sandbox, database, **more), sandbox.clock.now, timeouts=timeouts) as app:
            yield sandbox, app
    finally:
        await sandbox.stop()


def settings(sandbox: Sandbox, database: Path, **more: Any) -> GivenSettings:
    """Settings for the sandbox. Nothing is read from the environment or from `.env`."""
    return GivenSettings.model_validate(
        {
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_api_url": sandbox.base_url,
            "incidents_channel": sandbox.channels["incidents"],
            "database_url": f"sqlite:///{database}",
            **more,
        }
    )


def with_pages() -> dict[str, Any]:
    """The settings with which pages can be opened on this machine, at a port that is free now."""
    with socket.socket() as door:
        door.bind((LOOPBACK, 0))
        port = int(door.getsockname()[1])
    return {"port": port, "host": LOOPBACK, "public_url": f"http://{LOOPBACK}:{port}"}


async def practise(port: int, policy: Path | None = None, templates: Path | None = None) -> None:
    """Run the practice workspace until Ctrl-C.

    Args:
        port: the sandbox's port on 127.0.0.1.
        policy: a policy file to try; None stands for the shipped one.
        templates: a folder of templates to try.
    """
    stopped = stop_signal()
    told = reload_signal(stopped)
    database = Path.cwd() / f"practice-{port}.db"
    more = with_pages() | {"policy_file": policy, "templates_dir": templates}
    async with workspace(port, database, **more) as (sandbox, app):
        typer.secho(f"\n  The practice workspace is open: {sandbox.page_url}", bold=True)
        typer.echo(f"  Its database is {database} (created anew at each start; yours is not touched)")
        typer.echo("  In the page, type: /incident declare checkout is failing")
        typer.echo("  Ctrl-C ends it.\n")

        async def reload() -> None:
            typer.echo(f"  {await app.reload()}")

        reloading = asyncio.create_task(reload_when_told(told, reload))
        await stopped.wait()
        reloading.cancel()
