"""The commands of `warroom` and their options. The file with the name of a command has its code.

Each command imports what it needs when it is called: a bot that is restarted during an incident must not load the
practice workspace first. `warroom run`, as production calls it, loads neither this file nor typer.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.cli import process
from bot.cli.forms import BoardFormat, FigureFormat
from bot.cli.process import PRACTICE_PORT, fail, finish, log, run_with_settings
from bot.core.decision import Refused
from bot.drills import NAMES
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.publication.form import PostmortemForm

cli = typer.Typer(
    help="An incident bot for Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
outbox = typer.Typer(help="Manage what Slack does not show yet.", no_args_is_help=True)
cli.add_typer(outbox, name="outbox")
promises = typer.Typer(help="Check what your team promises.", no_args_is_help=True)
cli.add_typer(promises, name="policy")

Port = Annotated[
    int, typer.Option(help="The port of the practice workspace, on 127.0.0.1.", min=0, max=65535)
]


@cli.command()
def run(port: Port = PRACTICE_PORT) -> None:
    """Run the bot. With no Slack tokens set it starts the practice workspace instead, and says so."""
    process.run(port)


@cli.command()
def practice(
    port: Port = PRACTICE_PORT,
    policy: Annotated[Path | None, typer.Option(help="A policy file to try.", exists=True)] = None,
    templates: Annotated[
        Path | None, typer.Option(help="A folder of templates to try.", exists=True, file_okay=False)
    ] = None,
) -> None:
    """A practice workspace with the bot in it, in your browser. It needs no Slack account."""
    from bot.cli import practice as workspace

    log("text", "warning")
    finish(workspace.practise(port, policy, templates))


@cli.command()
def drill(
    scenario: Annotated[str, typer.Argument(help=f"One of: {', '.join(NAMES)}.")] = "checkout-outage",
    out: Annotated[Path, typer.Option(help="The folder for the postmortem draft.")] = Path(),
    as_json: Annotated[  # noqa: FBT002  # how typer declares a flag
        bool, typer.Option("--json", help="Print one JSON object at the end.")
    ] = False,
) -> None:
    """Play a scripted incident through the real bot; fail as soon as Slack does not show what it should."""
    from bot.cli import drill as drills

    log("text", "error")
    if scenario not in NAMES:
        fail(f"There is no drill “{scenario}”. There are: {', '.join(NAMES)}.", 2)
    if not out.is_dir():
        fail(f"There is no folder {out}: create it, or name another with --out.", 2)
    report = finish(drills.play(scenario, out, lambda line: typer.echo(line, err=as_json)))
    if as_json:
        typer.echo(json.dumps(report.as_json()))
    raise typer.Exit(1 if report.failed else 0)


@cli.command()
def sandbox(
    port: Annotated[
        int, typer.Option(help="The port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)
    ] = PRACTICE_PORT,
    workspace: Annotated[
        Path | None,
        typer.Option(help="A file with the users and channels of the workspace: see docs/sandbox.md."),
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option(help="The app's manifest; the default is warroom's own.")
    ] = None,
    as_json: Annotated[  # noqa: FBT002  # how typer declares a flag
        bool, typer.Option("--json", help="Print one JSON object first: addresses, tokens, users, channels.")
    ] = False,
) -> None:
    """Start only the sandbox, to try any Slack app, in any language."""
    from bot.cli import sandbox as alone

    log("text", "warning")
    finish(alone.serve(port, workspace, manifest, typer.echo, as_json=as_json))


@cli.command()
def doctor(
    *,
    every: Annotated[
        bool,
        typer.Option("--all", help="Check the histories of all closed incidents too; this can take minutes."),
    ] = False,
) -> None:
    """Check settings, Slack's token and scopes, the database, the outbox, and the incidents' histories."""
    from bot.cli import doctor as examination

    healthy = run_with_settings(lambda settings: examination.check(settings, typer.echo, every=every))
    raise typer.Exit(0 if healthy else 1)


@cli.command()
def postmortem(
    incident: Annotated[str, typer.Argument(help="For example INC-1; with --check, it may be a file.")],
    *,
    form: Annotated[
        PostmortemForm | None,
        typer.Option("--format", help="The format; without it, what the name of the file ends with, or md."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out people, links and private notes.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Print what judges a person or hides the system; status 1 if anything does."
        ),
    ] = False,
) -> None:
    """Print or write an incident's postmortem: Markdown, a page, JSON or a picture, without using Slack."""
    if check:
        _check_postmortem(incident)
    number = _number_of(incident)
    from bot.cli import published, stored

    form = form or published.form_of(out)
    published.check(out, form, force=force)
    written = run_with_settings(lambda settings: stored.postmortem(settings, number, form, redacted=redact))
    if written is None:
        fail(_no_incident(number), 1)
    published.write(written, out, force=force)


def _check_postmortem(named: str) -> NoReturn:
    """Check the draft of an incident, or a file."""
    from bot.cli import blame, stored

    if _is_reference(named):
        number = _number_of(named)
        found = run_with_settings(lambda settings: stored.check_postmortem(settings, number))
        if found is None:
            fail(_no_incident(number), 2)
    else:
        try:
            found = blame.of_file(Path(named))
        except blame.NotReadableError as error:
            fail(str(error), 2)
    raise typer.Exit(0 if blame.tell(found, named, typer.echo) else 1)


@cli.command()
def timeline(
    incident: Annotated[str, typer.Argument(help="For example INC-1.")],
    form: Annotated[ExportFormat, typer.Option("--format", help="The format.")] = ExportFormat.MARKDOWN,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
) -> None:
    """Print or write an incident's timeline, with its corrections, without using Slack."""
    number = _number_of(incident)
    from bot.cli import stored

    written = run_with_settings(lambda settings: stored.timeline(settings, number, form))
    if written is None:
        fail(_no_incident(number), 1)
    _write(written, out)


@cli.command()
def metrics(
    span: Annotated[
        list[str] | None,
        typer.Argument(help="For example 90d, 2026-01..2026-03, q3 vs q2; and a severity if you want."),
    ] = None,
    form: Annotated[FigureFormat, typer.Option("--format", help="The format.")] = FigureFormat.TEXT,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
    team: Annotated[str, typer.Option(help="The workspace's id, if the database holds several.")] = "",
    *,
    private: Annotated[
        bool, typer.Option("--private", help="Count private incidents too: whoever reads it learns of them.")
    ] = False,
) -> None:
    """How long incidents took, with what is chance: as text, a page of HTML, JSON or CSV."""
    from bot.cli import figures

    text = " ".join(span or [])
    made = run_with_settings(lambda settings: figures.figures(settings, text, form, team, private=private))
    if isinstance(made, Refused):
        fail(made.message.replace("`", ""), 2)
    _write(made, out)


@cli.command()
def review(
    span: Annotated[
        list[str] | None, typer.Argument(help="For example 2026-W48, last week (the default), 14d, 2026-11.")
    ] = None,
    form: Annotated[BoardFormat, typer.Option("--format", help="The format.")] = BoardFormat.MARKDOWN,
    out: Annotated[Path | None, typer.Option(help="The file to write; without it, it is printed.")] = None,
    team: Annotated[str, typer.Option(help="The workspace's id, if the database holds several.")] = "",
) -> None:
    """The pack of the review board: the one that was posted, or one made now. Private incidents are only counted."""
    from bot.cli import review as boards

    text = " ".join(span or [])
    made = run_with_settings(lambda settings: boards.pack(settings, text, form, team))
    if isinstance(made, Refused):
        fail(made.message.replace("`", ""), 2)
    _write(made, out)


def _write(written: str, out: Path | None) -> None:
    if out is None:
        typer.echo(written, nl=False)
        return
    try:
        out.write_text(written, encoding="utf-8", newline="")
    except OSError as error:
        fail(f"Cannot write {out}: {error.strerror}.", 1)
    typer.echo(f"{out} is written.")


def _is_reference(named: str) -> bool:
    return named.upper().removeprefix("INC-").isdecimal() and not Path(named).exists()


def _number_of(incident: str) -> int:
    number = incident.upper().removeprefix("INC-")
    if not number.isdecimal() or len(number) > 9:  # noqa: PLR2004  # what a database can count
        fail(f"“{incident}” is no incident: write it as INC-1.", 2)
    return int(number)


def _no_incident(number: int) -> str:
    return f"There is no INC-{number} in this database. Set DATABASE_URL to the one that it is in."


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file for the copy; it must not exist.")],
) -> None:
    """Copy the SQLite database to a file, also while the bot is running."""
    from bot.cli import stored

    run_with_settings(lambda settings: stored.back_up(settings, file))
    typer.echo(f"{file} is a whole copy. To restore it, stop the bot and put it in the database's place.")


@cli.command()
def export(
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="json for `warroom import`; md or csv for people: all timelines."),
    ] = ExportFormat.JSON,
    since: Annotated[
        datetime | None,
        typer.Option(
            help="Only incidents that have changed since then (UTC).", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M"]
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="The new file, private to you; without it, it is printed.")
    ] = None,
) -> None:
    """Write everything that the database holds, private incidents too, to a file; also while the bot is running."""
    from bot.cli import transfer

    after = since.replace(tzinfo=UTC) if since else None
    run_with_settings(lambda settings: transfer.export(settings, form, after, out))
    if out is not None:
        typer.echo(f"{out} is written.", err=True)


@cli.command("import")
def load(
    file: Annotated[Path, typer.Argument(help="A file of `warroom export`.")],
) -> None:
    """Read a file of `warroom export` into a new database, SQLite or PostgreSQL: all of it, or nothing."""
    from bot.cli import transfer

    imported = run_with_settings(lambda settings: transfer.load(settings, file))
    typer.echo(f"{imported.rows} rows are imported.")
    if imported.repaired:
        typer.echo(f"In {imported.repaired} of them a broken character is now �.")


@promises.callback()
def _policy() -> None:
    """Keep `check` a word of its own: typer would leave it out if it is the only one."""


@promises.command()
def check(
    file: Annotated[Path | None, typer.Argument(help="The policy; without it, POLICY_FILE's.")] = None,
    templates: Annotated[
        Path | None, typer.Option(help="The folder of your own templates; without it, TEMPLATES_DIR's.")
    ] = None,
) -> None:
    """Check the policy and your own templates; each mistake is told with its line."""
    from bot.cli import policy as checking

    if file is None or templates is None:
        settings = process.read_settings()
        file, templates = file or settings.policy_file, templates or settings.templates_dir
    log("text", "warning")
    raise typer.Exit(0 if checking.check(file, templates, typer.echo) else 1)


@outbox.command()
def retry(
    team: Annotated[str, typer.Option(help="The workspace's id, if the database holds several.")] = "",
) -> None:
    """Try everything again that Slack refused for good."""
    from bot.cli import stored

    count = run_with_settings(lambda settings: stored.retry(settings, team))
    typer.echo(f"{count} will be tried again by the running bot." if count else "Nothing was refused.")


@outbox.command()
def drop(
    effect: Annotated[int, typer.Argument(help="Its number, as `warroom doctor` lists it.", min=1)],
) -> None:
    """Drop something that Slack refused for good and that is no longer needed."""
    from bot.cli import stored

    if not run_with_settings(lambda settings: stored.drop(settings, effect)):
        fail(f"There is no {effect} among what Slack refused: `warroom doctor` lists it.", 1)
    typer.echo(f"{effect} is let go.")
