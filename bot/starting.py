"""The start: reads policy and templates, and waits for Slack and the database."""

from collections.abc import Awaitable, Callable

from slack_sdk.web.async_client import AsyncWebClient

from bot import policy_file
from bot.config import Settings
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.store.errors import DatabaseAwayError
from bot.incident.effects.house import House
from bot.incident.views.check import check_templates
from bot.slack import acceptance
from bot.slack.acceptance import SlackUnwellError

Unwell = Callable[[SlackUnwellError | DatabaseAwayError], Awaitable[None]]


def make_house(settings: Settings) -> House:
    """Read policy and templates, and render each template as a test.

    Raises:
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    policy = policy_file.load(settings.policy_file or policy_file.DEFAULT)
    templates = Templates(shipped("templates"), settings.templates_dir)
    check_templates(templates, policy)
    return House(policy, templates, settings.incidents_channel)


async def patiently(work: Callable[[], Awaitable[None]], unwell: Unwell | None) -> None:
    """Do work that needs the database, as soon as that is available; without `unwell` only one try is made.

    Raises:
        DatabaseAwayError: the database is not available, and there is no `unwell`.
    """
    while True:
        try:
            await work()
        except DatabaseAwayError as error:
            if unwell is None:
                raise
            await unwell(error)
        else:
            return


async def accepted(client: AsyncWebClient, settings: Settings, unwell: Unwell | None) -> acceptance.Identity:
    """The bot's identity in Slack, as soon as Slack can be asked.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnwellError: Slack cannot be asked at the moment, and there is no `unwell`.
    """
    while True:
        try:
            app_token = "" if settings.uses_http else settings.app_token
            return await acceptance.accepted(client, app_token, settings.incidents_channel, settings.sockets)
        except SlackUnwellError as error:
            if unwell is None:
                raise
            await unwell(error)
