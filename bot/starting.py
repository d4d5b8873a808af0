"""The start: reads policy and templates, and waits for Slack and the database."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

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

T = TypeVar("T")
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


async def patiently(work: Callable[[], Awaitable[T]], unwell: Unwell | None) -> T:
    """Do work that needs Slack or the database, as soon as that is available; without `unwell` only one try is made.

    Raises:
        SlackUnwellError: Slack cannot be asked at the moment, and there is no `unwell`.
        DatabaseAwayError: the database is not available, and there is no `unwell`.
    """
    while True:
        try:
            return await work()
        except (SlackUnwellError, DatabaseAwayError) as error:
            if unwell is None:
                raise
            await unwell(error)


async def accepted(client: AsyncWebClient, settings: Settings) -> acceptance.Identity:
    """The bot's identity in Slack.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnwellError: Slack cannot be asked at the moment.
    """
    app_token = "" if settings.uses_http else settings.app_token
    return await acceptance.accepted(client, app_token, settings.incidents_channel, settings.sockets)
