"""The commands of `warroom` and what they take. What they do is in the file of the same name beside this one."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from bot import logs
from bot.cli import doctor as doctor_command
from bot.cli import drill as drill_command
from bot.cli import practice as practice_command
from bot.cli import run as run_command
from bot.cli import sandbox as sandbox_command
from bot.cli import stored
from bot.cli.drill import SCENARIOS
from bot.cli.practice import PortTakenError
from bot.cli.sandbox import ManifestFileError
from bot.config import Settings, SettingsError, load_settings
from bot.policy_file import PolicyFileError
from bot.sandbox.seed import SeedError
from bot.slack.acceptance import SlackRefusesError, SlackUnwellError
from bot.store.database import DatabaseUnusableError
from bot.views.templates import TemplateBrokenError
from bot.web.server import CannotServeError

Result = TypeVar("Result")

EXPECTED = (
    SettingsError,
    PortTakenError,
    SlackRefusesError,
    SlackUnwellError,
    CannotServeError,
    DatabaseUnusableError,
    ManifestFileError,
    PolicyFileError,
    SeedError,
    TemplateBrokenError,
)

cli = typer.Typer(
    help="The incident bot for your worst day.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
outbox = typer.Typer(help="What waits to be shown in Slack.", no_args_is_help=True)
cli.add_typer(outbox, name="outbox")

Port = Annotated[
    int, typer.Option(help="Where the practice workspace listens, on 127.0.0.1.", min=0, max=65535)
]


def main() -> None:
    """The console script."""
    cli()


@cli.command()
def run(port: Port = practice_command.PORT) -> None:
    """Run the bot. With no Slack tokens set it starts the practice workspace instead, and says so."""

    def start(settings: Settings) -> Coroutine[Any, Any, None]:
        if settings.has_tokens:
            return run_command.run(settings)
        typer.secho(
            "No Slack tokens are set: this is PRACTICE, nobody is paged.", fg="yellow", bold=True, err=True
        )
        return practice_command.practise(port)

    _go(start)


@cli.command()
def practice(port: Port = practice_command.PORT) -> None:
    """A practice workspace with the bot in it, in your browser. It needs no Slack account."""
    logs.set_up("text", "warning")
    _finish(practice_command.practise(port))


@cli.command()
def drill(
    scenario: Annotated[str, typer.Argument(help=f"One of: {', '.join(SCENARIOS)}.")] = "checkout-outage",
    out: Annotated[Path, typer.Option(help="Where the postmortem draft is written.")] = Path(),
    as_json: Annotated[  # noqa: FBT002  # how typer declares a flag
        bool, typer.Option("--json", help="End with one JSON object on standard output.")
    ] = False,
) -> None:
    """Play a scripted incident through the real bot, and fail as soon as Slack does not show what it should."""
    logs.set_up("text", "error")
    if scenario not in SCENARIOS:
        _fail(f"There is no drill “{scenario}”. There are: {', '.join(SCENARIOS)}.", 2)
    if not out.is_dir():
        _fail(f"There is no folder {out}: create it, or name another with --out.", 2)
    report = _finish(drill_command.play(scenario, out, lambda line: typer.echo(line, err=as_json)))
    if as_json:
        typer.echo(json.dumps(report.as_json()))
    raise typer.Exit(1 if report.failed else 0)


@cli.command()
def sandbox(
    port: Annotated[
        int, typer.Option(help="Where it listens, on 127.0.0.1; 0 for any.", min=0, max=65535)
    ] = 8420,
    workspace: Annotated[
        Path | None, typer.Option(help="Who and what is there at first: see docs/sandbox.md.")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="The app's manifest; warroom's own unless named.")
    ] = None,
    as_json: Annotated[  # noqa: FBT002  # how typer declares a flag
        bool, typer.Option("--json", help="Begin with one JSON object: addresses, tokens, users, channels.")
    ] = False,
) -> None:
    """A small Slack alone: try any Slack app, in any language, against it."""
    logs.set_up("text", "warning")
    _finish(sandbox_command.serve(port, workspace, manifest, typer.echo, as_json=as_json))


@cli.command()
def doctor() -> None:
    """Check settings, Slack's token and scopes, the database, the backlog, and each incident's history."""
    healthy = _go(lambda settings: doctor_command.check(settings, typer.echo))
    raise typer.Exit(0 if healthy else 1)


@cli.command()
def postmortem(incident: Annotated[str, typer.Argument(help="Such as INC-1.")]) -> None:
    """Print an incident's postmortem draft as Markdown; it needs no Slack."""
    number = incident.upper().removeprefix("INC-")
    if not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # what a database can count
        _fail(f"“{incident}” is no incident: write it as INC-1.", 2)
    draft = _go(lambda settings: stored.postmortem(settings, int(number)))
    if draft is None:
        _fail(f"There is no INC-{number} in this database. Set DATABASE_URL to the one that it is in.", 1)
    typer.echo(draft, nl=False)


@outbox.command()
def retry() -> None:
    """Give everything that Slack refused for good another try."""
    count = _go(stored.retry)
    typer.echo(f"{count} will be tried again by the running bot." if count else "Nothing was refused.")


def _go(start: Callable[[Settings], Coroutine[Any, Any, Result]]) -> Result:
    """Read the settings and run; what a person can mend is told in plain words."""
    try:
        settings = load_settings()
    except SettingsError as error:
        _fail(str(error), 2)
    logs.set_up(settings.log_format, settings.log_level)
    return _finish(start(settings))


def _finish(work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return asyncio.run(work)
    except EXPECTED as error:
        _fail(str(error), 2)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


def _fail(message: str, status: int) -> NoReturn:
    typer.secho(message, fg="red", err=True)
    raise typer.Exit(status)
