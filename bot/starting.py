"""What comes before the work: policy and templates are read; Slack and the database are waited for."""

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
    """Read policy and templates, and try each template.

    Raises:
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    policy = policy_file.load(settings.policy_file or policy_file.DEFAULT)
    templates = Templates(shipped("templates"), settings.templates_dir)
    check_templates(templates, policy)
    return House(policy, templates, settings.incidents_channel)


async def patiently(work: Callable[[], Awaitable[None]], unwell: Unwell | None) -> None:
    """Do what needs the database, as soon as it is there; without `unwell` now or never.

    Raises:
        DatabaseAwayError: it is not there, and there is no `unwell`.
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
    """Who we are to Slack, as soon as it can be asked.

    Raises:
        SlackRefusesError: it does not accept the settings.
        SlackUnwellError: it cannot be asked just now, and there is no `unwell`.
    """
    while True:
        try:
            app_token = "" if settings.uses_http else settings.app_token
            return await acceptance.accepted(client, app_token, settings.incidents_channel, settings.sockets)
        except SlackUnwellError as error:
            if unwell is None:
                raise
            await unwell(error)
