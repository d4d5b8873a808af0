"""`warroom doctor`: check the installation, and say what is wrong and what to do."""

import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime

import typer
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot import starting
from bot.cli import kept, lists, trackers, who_may
from bot.cli.findings import clocks, pages, parse_date
from bot.cli.stored import NoDatabaseError, opened
from bot.config import Settings
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.core.text import span, utc
from bot.engine import findings
from bot.engine.findings import RETRY, STUCK, Finding
from bot.engine.store import failures, histories, outbox, refused_blocks, streams
from bot.engine.store.database import Database, Session
from bot.engine.store.errors import DatabaseUnusableError
from bot.engine.store.failures import Refusal
from bot.engine.store.migrate import differences
from bot.engine.store.tables import StreamRow
from bot.engine.subject import SubjectKind
from bot.followup.domain.policy import policy_of
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import reference
from bot.incident.store import header
from bot.ports.slack.port import SLACK
from bot.slack import setup_check
from bot.slack.connection import web_client
from bot.slack.setup_check import Channel, Identity, SlackRefusesError, SlackUnavailableError
from bot.subjects import SUBJECTS

CLOSED = 100  # closed incidents whose histories are read without --all: years of them take minutes
NOT_ANNOUNCED = "incidents are not announced"
FEATURES = {
    header.BOOKMARKS: "bookmarks",
    header.CANVAS: "canvas",
    header.DRAFT_CANVAS: "canvas for the postmortem",
}


async def check(settings: Settings, say: Callable[[str], None], *, every: bool = False) -> bool:
    """Check everything; True if all is well.

    Args:
        settings: the installation's settings.
        say: is called with each line of the report.
        every: whether the histories of all incidents are read, including old closed ones.
    """
    healthy = True
    async for finding in _findings(settings, None if every else CLOSED):
        healthy = healthy and not finding.remedy
        say(
            f"{'✗' if finding.remedy else '✓'} {finding.what}"
            + (f"\n    {finding.remedy}" if finding.remedy else "")
        )
    return healthy


async def _findings(settings: Settings, closed: int | None) -> AsyncIterator[Finding]:
    yield Finding("settings can be read")
    yield pages(settings)
    checked = starting.check(settings.policy_file, settings.templates_dir)
    for finding in _policy_and_templates(checked):
        yield finding
    async for finding in trackers.check(settings, policy_of(checked.policy_file.sections).tracker):
        yield finding
    async with AsyncExitStack() as stack:
        client, me, trouble = None, None, ""
        if settings.has_tokens:
            client, _ = await stack.enter_async_context(
                web_client(settings.bot_token, settings.slack_api_url)
            )
            try:
                me = await setup_check.identity(client)
            except (SlackRefusesError, SlackUnavailableError) as error:
                trouble = str(error)
        try:
            async with opened(settings) as database:
                async for finding in _database(database, me.team_id if me else "", closed):
                    yield finding
                async for finding in lists.check(
                    database,
                    me.team_id if me else "",
                    settings.incidents_channel,
                    policy_of(checked.policy_file.sections).tracker,
                ):
                    yield finding
                async for finding in kept.check(
                    database, me.team_id if me else "", checked.policy_file.policy.retention
                ):
                    yield finding
        except NoDatabaseError as error:
            yield Finding(f"database: {error}")
        except DatabaseUnusableError as error:
            yield Finding("database", str(error))
        if client is None:
            yield Finding("Slack: no tokens are set, so `warroom run` means practice")
        elif me is None:
            yield Finding("Slack", trouble)
        else:
            try:
                async for finding in _slack(client, me, settings):
                    yield finding
                async for finding in _named_in_policy(client, checked.policy_file.policy):
                    yield finding
            except (SlackRefusesError, SlackUnavailableError) as error:
                yield Finding("Slack", str(error))


def _policy_and_templates(checked: starting.Checked) -> Iterator[Finding]:
    for warning in checked.warnings:
        yield Finding(f"a template is not used: {warning}")
    if checked.mistakes:
        yield Finding("policy and templates", "\n    ".join(checked.mistakes))
    else:
        yield Finding("policy and templates can be used")


async def _database(database: Database, team: str, closed: int | None) -> AsyncIterator[Finding]:
    """Check the database, for our workspace or, if it is unknown, for all."""
    missing = await differences(database)
    yield Finding(
        f"database {database.shown} has this release's tables",
        f"It differs: {'; '.join(missing)}. Restore the backup, or report this." if missing else "",
    )
    if not database.is_sqlite:
        yield clocks(utc_now(), await database.now(), "the database")
    async with database.reading() as session:
        there = await streams.teams(session)
        others = [each for each in there if each != team] if team else []
        if others:
            yield Finding(
                f"database: it holds incidents of other workspaces too ({', '.join(others)}), which I leave alone"
            )
        for each in [team] if team else there or [""]:
            of = f" of {each}" if not team and len(there) > 1 else ""
            async for finding in _outbox(session, each, of):
                yield finding
            async for finding in _heads(session, each, of):
                yield finding
            async for finding in trackers.stored(session, each, of):
                yield finding
            if refused := await refused_blocks.read(session, each):
                yield _refused_blocks(refused)
        for subject in SUBJECTS.values():
            async for finding in _histories(session, subject, closed):
                yield finding


async def _outbox(session: Session, team: str, of: str) -> AsyncIterator[Finding]:
    count, oldest = await outbox.backlog(session, team)
    refused = await failures.refused(session, team)
    waiting = f", the oldest for {span(utc_now() - oldest)}" if oldest else ""
    stuck = findings.is_stuck(oldest, utc_now())
    yield Finding(f"outbox{of}: {count} waiting{waiting}", STUCK if stuck else "")
    yield Finding(
        f"outbox{of}: {len(refused)} refused by {findings.refusers(refused, SUBJECTS)}"
        if refused
        else f"outbox{of}: nothing refused by Slack",
        "\n    ".join([*map(_refusal, refused), RETRY]) if refused else "",
    )


async def _heads(session: Session, team: str, of: str) -> AsyncIterator[Finding]:
    """What the workspace does not allow at the head of war rooms, and what Slack could not show there."""
    for row in await header.refused(session, [team]):
        remedy = SLACK.remedies.get(row.reason, "An admin may allow it; otherwise set none in the policy.")
        yield Finding(
            f"war rooms{of} have no {FEATURES.get(row.feature, row.feature)}: Slack says {row.reason}",
            f"{remedy} I try again every day.",
        )
    failed = await header.not_shown(session, team)
    if failed:
        rows = [f"{reference(number)}: {name}: {error}" for (number, name), error in failed.items()]
        yield Finding(f"war rooms{of}: parts of canvases are not shown: {'; '.join(rows)}")


def _refused_blocks(refused: Mapping[str, datetime]) -> Finding:
    """What is shown in a plain form. Nothing is wrong, and only Slack can change it."""
    days = refused_blocks.TRIED_AGAIN.days
    each = ", ".join(f"{kind} ({utc(at)})" for kind, at in sorted(refused.items()))
    return Finding(
        f"Slack refuses newer blocks here, so messages have a plain form: {each}; tried again after {days} days"
    )


async def _histories(session: Session, subject: SubjectKind, closed: int | None) -> AsyncIterator[Finding]:
    checked = await histories.check(session, subject.streams, closed, _with_bar if closed is None else iter)
    which = "" if closed is None else f" (all open ones, and the last {closed} that are over)"
    foreign = f"; {len(checked.foreign)} were written by another release" if checked.foreign else ""
    reference = subject.streams.decider.reference
    broken = ", ".join(map(reference, checked.broken))
    yield Finding(
        f"the histories of {len(checked.consistent)} {subject.name}s{which} lead to their states{foreign}",
        f"Not those of {broken}: somebody has written to the database by hand. Restore a backup."
        if broken
        else "",
    )
    changed = [f"{reference(number)} (entry {entry})" for number, entry in sorted(checked.changed.items())]
    redacted = (
        f"; I have rewritten {checked.redacted} (secrets, forgotten people, retention)"
        if checked.redacted
        else ""
    )
    yield Finding(
        f"the entries of the {subject.name}s are as they were recorded{redacted}",
        f"Not those of {', '.join(changed)}: somebody has changed or removed entries in the database, not through "
        "me. Compare with a backup."
        if changed
        else "",
    )


def _with_bar(rows: Sequence[StreamRow]) -> Iterator[StreamRow]:
    """Show a progress bar on standard error, so that standard output can go to a file."""
    with typer.progressbar(rows, label="reading histories", file=sys.stderr) as bar:
        yield from bar


def _refusal(refusal: Refusal) -> str:
    """A dead letter: something that Slack refused for good."""
    ids = ", ".join(map(str, refusal.ids))
    said = findings.words(refusal, SUBJECTS), findings.remedy(refusal, SUBJECTS)
    return f"{' '.join(filter(None, said))} ({ids})"


async def _slack(client: AsyncWebClient, me: Identity, settings: Settings) -> AsyncIterator[Finding]:
    yield Finding(f"Slack knows me as {me.user} in {me.team}")
    if (slack_time := parse_date(me.date)) is not None:
        yield clocks(utc_now(), slack_time, "Slack")
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    yield _scopes(frozenset(manifest["oauth_config"]["scopes"]["bot"]), me.scopes)
    if not settings.uses_http:
        await setup_check.check_app_token(client, settings.app_token)
        yield Finding("SLACK_APP_TOKEN opens Socket Mode connections")
    if settings.incidents_channel:
        yield _incidents_channel(await setup_check.channel(client, settings.incidents_channel))
    else:
        yield Finding("incidents are not announced: INCIDENTS_CHANNEL is not set")


async def _named_in_policy(client: AsyncWebClient, policy: Policy) -> AsyncIterator[Finding]:
    """Whether the channels, user groups and people are there that the policy names."""
    for each in policy.announce:
        what, where = f"{_which(each, policy)} are announced", f"announce {each.channel}"
        yield await _further_channel(client, each.channel, what, "announce", where)
    if board := policy.postmortem.board:
        yield await _further_channel(client, board, "overdue postmortems are told", "postmortem.board")
    async for finding in who_may.check(client, policy.groups, policy.people):
        yield finding


def _scopes(needed: frozenset[str], granted: frozenset[str] | None) -> Finding:
    if granted is None:
        return Finding("the token's scopes: this server does not tell them")
    missing = needed - granted
    remedy = (
        f"Missing: {', '.join(sorted(missing))}. Install the app again with the current manifest.yml."
        if missing
        else ""
    )
    if "dnd:read" in missing:
        remedy += " Until then, nobody is told that a commander is in do-not-disturb."
    return Finding("the token has the manifest's scopes", remedy)


def _which(channel: AnnounceChannel, policy: Policy) -> str:
    """Which incidents are announced there, in words."""
    severities = ", ".join(severity.label for severity in sorted(channel.severities))
    services = ", ".join(policy.services.titles(sorted(channel.services)))
    parts = [f"of {severities}" if severities else "", f"that affect {services}" if services else ""]
    return " ".join(["incidents", *filter(None, parts)])


async def _further_channel(
    client: AsyncWebClient, channel: str, what: str, setting: str, where: str = ""
) -> Finding:
    try:
        found = await setup_check.channel(client, channel, f"{where or setting} of policy.yml")
    except SlackRefusesError as error:
        return Finding(f"{what} in {channel}", str(error))
    lost = "nobody is told there" if setting == "postmortem.board" else NOT_ANNOUNCED
    return Finding(f"{what} in #{found.name}", _remedy(found, f"`{setting}` of policy.yml", lost))


def _incidents_channel(channel: Channel) -> Finding:
    return Finding(f"incidents are announced in #{channel.name}", _remedy(channel, "INCIDENTS_CHANNEL"))


def _remedy(channel: Channel, setting: str, lost: str = NOT_ANNOUNCED) -> str:
    """What to do so that we can post in this channel; empty if we can. `lost` is what does not happen otherwise."""
    if channel.is_archived:
        return f"It is archived: {lost}. Unarchive it, or name another in {setting}."
    if not channel.is_ours:
        return f"It is private, and I am not in it: {lost}. Invite me (`/invite`)."
    return ""
