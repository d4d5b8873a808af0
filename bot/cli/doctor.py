"""`warroom doctor`: what is well, what is not, and what to do about it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.app import make_house
from bot.cli.stored import opened
from bot.clock import utc_now
from bot.config import Settings
from bot.domain.incident import fold
from bot.policy_file import PolicyFileError
from bot.resources import shipped
from bot.slack import acceptance
from bot.slack.acceptance import SlackRefusesError, SlackUnwellError
from bot.slack.connection import web_client
from bot.store import failures, incidents, outbox
from bot.store.database import Database, DatabaseUnusableError
from bot.store.migrate import differences
from bot.views.effects import what_of
from bot.views.messages import REMEDIES
from bot.views.templates import TemplateBrokenError
from bot.views.text import span

STUCK = timedelta(minutes=5)
RETRY = "Mend the cause, then `warroom outbox retry`."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is empty where it is well."""

    what: str
    remedy: str = ""


async def check(settings: Settings, say: Callable[[str], None]) -> bool:
    """Look at everything; True where all is well."""
    healthy = True
    async for finding in _findings(settings):
        healthy = healthy and not finding.remedy
        say(
            f"{'✗' if finding.remedy else '✓'} {finding.what}"
            + (f"\n    {finding.remedy}" if finding.remedy else "")
        )
    return healthy


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield Finding("settings can be read")
    yield _policy_and_templates(settings)
    try:
        async with opened(settings) as database:
            async for finding in _database(database):
                yield finding
    except DatabaseUnusableError as error:
        yield Finding("database", str(error))
    if not settings.has_tokens:
        yield Finding("Slack: no tokens are set, so `warroom run` means practice")
        return
    async with web_client(settings.bot_token, settings.slack_api_url) as (client, _session):
        try:
            async for finding in _slack(client, settings):
                yield finding
        except (SlackRefusesError, SlackUnwellError) as error:
            yield Finding("Slack", str(error))


def _policy_and_templates(settings: Settings) -> Finding:
    try:
        make_house(settings)
    except (PolicyFileError, TemplateBrokenError) as error:
        return Finding("policy and templates", str(error))
    return Finding("policy and templates can be used")


async def _database(database: Database) -> AsyncIterator[Finding]:
    missing = await differences(database)
    yield Finding(
        f"database {database.shown} has this release's tables",
        f"It differs: {'; '.join(missing)}. Restore the backup, or report this." if missing else "",
    )
    async with database.reading() as session:
        count, oldest = await outbox.backlog(session)
        refused = await failures.refused(session)
        broken = []
        everyone = await incidents.everyone(session)
        for stored in everyone:
            history = [entry.fact for entry in await incidents.timeline(session, stored.id)]
            if fold(history) != stored.incident:
                broken.append(stored.incident.reference)
    waiting = f", the oldest for {span(utc_now() - oldest)}" if oldest else ""
    stuck = oldest is not None and utc_now() - oldest > STUCK
    yield Finding(
        f"outbox: {count} waiting{waiting}",
        "That is too long: is `warroom run` up, and can it reach Slack? Its log says why." if stuck else "",
    )
    yield Finding(
        f"outbox: {len(refused)} refused by Slack" if refused else "outbox: nothing refused by Slack",
        "\n    ".join([*(_refusal(*each) for each in refused), RETRY]) if refused else "",
    )
    yield Finding(
        f"the histories of {len(everyone)} incidents lead to their states",
        f"Not those of {', '.join(broken)}: somebody has written to the database by hand. Restore a backup."
        if broken
        else "",
    )


def _refusal(incident: str, kind: str, reason: str) -> str:
    """One of the things that Slack refused for good. It says no title: the incident may be private."""
    remedy = REMEDIES.get(reason, "")
    return f"{incident}: I could not {what_of(kind)}: {reason}. {remedy}".rstrip()


async def _slack(client: AsyncWebClient, settings: Settings) -> AsyncIterator[Finding]:
    me = await acceptance.identity(client)
    yield Finding(f"Slack knows me as {me.user} in {me.team}")
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    yield _scopes(frozenset(manifest["oauth_config"]["scopes"]["bot"]), me.scopes)
    if not settings.uses_http:
        await acceptance.check_app_token(client, settings.app_token)
        yield Finding("SLACK_APP_TOKEN opens Socket Mode connections")
    if settings.incidents_channel:
        name = await acceptance.channel_name(client, settings.incidents_channel)
        yield Finding(f"incidents are announced in #{name}")
    else:
        yield Finding("incidents are announced nowhere: INCIDENTS_CHANNEL is not set")


def _scopes(needed: frozenset[str], granted: frozenset[str] | None) -> Finding:
    if granted is None:
        return Finding("the token's scopes: this server does not tell them")
    missing = ", ".join(sorted(needed - granted))
    remedy = f"Missing: {missing}. Install the app again with the current manifest.yml." if missing else ""
    return Finding("the token has the manifest's scopes", remedy)
