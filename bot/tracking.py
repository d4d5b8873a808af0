"""Issue trackers at work: what the settings say about them, how they are asked, and how they are heard."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

import aiohttp
from pydantic import SecretStr

from bot.config import Settings
from bot.core.route import HttpHandler
from bot.engine.acts.acts import Acts
from bot.engine.engine import Environment
from bot.followup.dispatch.following import Following
from bot.followup.dispatch.list_keeping import ListKeeping
from bot.followup.dispatch.polling import Polling
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.policy import policy_of
from bot.followup.domain.tracking import TrackerPolicy
from bot.incident.effects.installation import Installation
from bot.ports.slack.port import SLACK
from bot.vendors import trackers
from bot.vendors.trackers import Secrets, Trackers


def secrets_of(settings: Settings) -> Secrets:
    """What the settings say about trackers. Without a port nobody can call us."""

    def plain(secret: SecretStr | None) -> str:
        return secret.get_secret_value() if secret else ""

    return Secrets(
        github_token=plain(settings.github_token),
        github_url=settings.github_api_url,
        github_webhook=plain(settings.github_webhook_secret) if settings.port else "",
        jira_url=settings.jira_url or "",
        jira_email=settings.jira_email or "",
        jira_token=plain(settings.jira_token),
        jira_webhook=plain(settings.jira_webhook_secret) if settings.port else "",
    )


@asynccontextmanager
async def connected(settings: Settings) -> AsyncIterator[Trackers]:
    """The trackers, on one HTTP session of their own, until the end of the block."""
    async with aiohttp.ClientSession() as session:
        yield Trackers(session, secrets_of(settings))


@asynccontextmanager
async def followed(
    connection: Trackers,
    environment: Environment,
    acts: Acts[ActionItem, facts.Fact],
    installation: Callable[[], Installation],
) -> AsyncIterator[Mapping[str, HttpHandler]]:
    """Follow what changes in trackers, and keep the list in Slack, until the end of the block.

    Trackers that cannot call us are asked.

    It gives the handlers of the addresses at which the others call us.
    """
    database, team, now = environment.database, environment.team, environment.clocks.now
    following = Following(database, team, acts, now, environment.woken.set)

    def asked() -> TrackerPolicy:
        policy = policy_of(installation().sections).tracker
        is_asked = policy.tracker in connection and not connection.secrets.is_called(policy.tracker)
        return policy if is_asked else TrackerPolicy()

    polling = Polling(
        database, team, tracker=asked, fetch=connection.changes, follow=following.follow, now=now
    )
    keeping = ListKeeping(
        database,
        team,
        installation=installation,
        perform=environment.performs[SLACK.key],
        now=now,
        committed=environment.woken.set,
    )
    async with polling.at_work(), keeping.at_work():
        yield trackers.handlers(connection.secrets, following.follow)
