"""The start: reads policy and templates, and waits for Slack and the database."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import policy_file
from bot.config import Settings
from bot.core.errors import WarroomError
from bot.core.metrics import Metrics
from bot.core.resources import shipped
from bot.core.template_check import TemplateCheck
from bot.core.templates import OnBroken, TemplateBrokenError, Templates, log_broken
from bot.engine.store.errors import DatabaseUnavailableError
from bot.incident.effects.installation import Installation
from bot.policy_file import PolicyFile, PolicyFileError
from bot.slack import setup_check
from bot.slack.setup_check import SlackUnavailableError
from bot.subjects import SUBJECTS

log = structlog.get_logger(__name__)

T = TypeVar("T")
OnUnavailable = Callable[[SlackUnavailableError | DatabaseUnavailableError], Awaitable[None]]


class InstallationError(WarroomError):
    """The policy or the templates cannot be used; the message lists every mistake, with its file and line."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in the policy and the templates.

    Attributes:
        policy_file: the policy.
        templates: how many templates of the team's own there are.
        mistakes: with any of them, the bot does not start.
        warnings: what is probably not meant.
    """

    policy_file: PolicyFile
    templates: int
    mistakes: Sequence[str]
    warnings: Sequence[str]


def check(policy: Path | None, folder: Path | None) -> Checked:
    """Read a policy, and render each template as a test; None stands for the shipped ones."""
    mistakes: list[str] = []
    try:
        written = policy_file.read(policy or policy_file.DEFAULT)
    except PolicyFileError as error:
        mistakes += error.mistakes
        written = policy_file.read()  # to try the templates all the same
    if folder and not folder.is_dir():
        return Checked(
            written, 0, [*mistakes, f"{folder}: there is no such folder. Check TEMPLATES_DIR."], ()
        )
    tried = TemplateCheck(shipped("templates"), folder)
    if tried.own:  # the shipped ones are tried by the tests
        for subject in SUBJECTS.values():
            subject.try_templates(tried, written.policy)
        mistakes += map(str, tried.mistakes())
    return Checked(written, len(tried.own), mistakes, [str(each) for each in tried.unused()])


def broken_templates(metrics: Metrics) -> OnBroken:
    """What is done when a template turns out to be broken: administrators are told, in the log and by a metric."""

    def tell(error: TemplateBrokenError) -> None:
        log_broken(error)
        metrics.template_broken()

    return tell


def load_installation(settings: Settings, on_broken: OnBroken = log_broken) -> Installation:
    """Read policy and templates, and render each template as a test.

    Args:
        settings: where they are.
        on_broken: called when a template turns out to be broken later.

    Raises:
        InstallationError: the policy or a template has mistakes.
    """
    checked = check(settings.policy_file, settings.templates_dir)
    for warning in checked.warnings:
        log.warning("templates.unused", found=warning)
    if checked.mistakes:
        raise InstallationError("\n".join(checked.mistakes))
    templates = Templates(shipped("templates"), settings.templates_dir, on_broken)
    of_policy = checked.policy_file
    return Installation(
        of_policy.policy,
        templates,
        settings.incidents_channel,
        written=of_policy.written,
        sections=of_policy.sections,
    )


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
