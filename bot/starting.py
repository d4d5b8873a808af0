"""The start: reads policy and templates, and waits for Slack and the database."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bot import policy_file
from bot.config import Settings
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.store.errors import DatabaseUnavailableError
from bot.incident.effects.installation import Installation
from bot.incident.views.check import check_templates
from bot.slack import setup_check
from bot.slack.setup_check import SlackUnavailableError

T = TypeVar("T")
OnUnavailable = Callable[[SlackUnavailableError | DatabaseUnavailableError], Awaitable[None]]


def load_installation(settings: Settings) -> Installation:
    """Read policy and templates, and render each template as a test.

    Raises:
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    policy = policy_file.load(settings.policy_file or policy_file.DEFAULT)
    templates = Templates(shipped("templates"), settings.templates_dir)
    check_templates(templates, policy)
    return Installation(policy, templates, settings.incidents_channel)


async def retry_until_available(work: Callable[[], Awaitable[T]], on_unavailable: OnUnavailable | None) -> T:
    """Do work that needs Slack or the database, once that is available; without `on_unavailable` there is only one try.

    Raises:
        SlackUnavailableError: Slack cannot be asked at the moment, and there is no `on_unavailable`.
        DatabaseUnavailableError: the database is not available, and there is no `on_unavailable`.
    """
    while True:
        try:
            return await work()
        except (SlackUnavailableError, DatabaseUnavailableError) as error:
            if on_unavailable is None:
                raise
            await on_unavailable(error)


async def check_slack(client: AsyncWebClient, settings: Settings) -> setup_check.Identity:
    """The bot's identity in Slack.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnavailableError: Slack cannot be asked at the moment.
    """
    app_token = "" if settings.uses_http else settings.app_token
    return await setup_check.check_setup(client, app_token, settings.incidents_channel, settings.sockets)
