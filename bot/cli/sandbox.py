"""`warroom sandbox`: only the sandbox, to try any Slack app, in any language."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.cli.practice import PortTakenError
from bot.cli.run import stop_signal
from bot.core import plain_yaml
from bot.core.errors import WarroomError
from bot.core.resources import shipped
from bot.sandbox import Sandbox, seed


class ManifestFileError(WarroomError):
    """The app's manifest cannot be read; the message says why."""


class WorkspaceFileError(WarroomError):
    """The workspace file cannot be used; the message says why."""


async def serve(
    port: int, workspace: Path | None, manifest: Path | None, say: Callable[[str], None], *, as_json: bool
) -> None:
    """Serve until Ctrl-C.

    Args:
        port: the port on 127.0.0.1; 0 takes a free one.
        workspace: the workspace file; None takes the six people of practice.
        manifest: the app's manifest (YAML or JSON); None takes warroom's own.
        say: is called with each line of output.
        as_json: whether the first line is one JSON object with everything that an app needs.

    Raises:
        ManifestFileError: the manifest cannot be used.
        PortTakenError: the port is in use.
        WorkspaceFileError: the workspace file cannot be used.
    """
    stopped = stop_signal()
    app = read_manifest(manifest or shipped("manifest.yml"))
    try:
        contents = seed.load(workspace) if workspace else None
    except seed.SeedError as error:
        raise WorkspaceFileError(str(error)) from error
    try:
        sandbox = await Sandbox.start(port, manifest=app, workspace=contents)
    except OSError as error:
        raise PortTakenError(
            f"port {port} is taken: stop what listens there, or choose another with --port"
        ) from error
    try:
        description = sandbox.describe()
        if as_json:
            say(json.dumps(description))
        else:
            for line in _lines(sandbox, description):
                say(line)
        await stopped.wait()
    finally:
        await sandbox.stop()


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest as a dictionary.

    Raises:
        ManifestFileError: it cannot be read, or is not a manifest.
    """
    try:
        document = plain_yaml.read(path)  # JSON is YAML
    except OSError as error:
        raise ManifestFileError(f"cannot read the manifest {path}: {error.strerror}.") from error
    except yaml.YAMLError as error:
        raise ManifestFileError(f"the manifest {path} is no YAML: {error}") from error
    if not isinstance(document, dict) or "display_information" not in document:
        raise ManifestFileError(f"{path} is no app manifest: it has no display_information.")
    return document


def _lines(sandbox: Sandbox, description: dict[str, Any]) -> list[str]:
    return [
        "",
        f"  The sandbox is open: {sandbox.page_url}",
        "",
        f"  Web API         {description['base_url']}",
        f"  control API     {description['control_url']}",
        f"  bot token       {description['bot_token']}",
        f"  app token       {description['app_token']}",
        f"  signing secret  {description['signing_secret']}",
        "",
        "  These tokens work only here. Ctrl-C ends it.",
        "",
    ]
