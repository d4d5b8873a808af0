"""The trackers that an installation has secrets for, as one: each call names its tracker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

import aiohttp

from bot.core.route import HttpHandler, HttpRequest, Route
from bot.ports.port import Dead, Result, Retry
from bot.ports.trackers.calls import Call, Changes, Follow, Heard, Where
from bot.ports.trackers.port import NOT_CONFIGURED
from bot.vendors import github, jira, webhooks
from bot.vendors.github import GitHub
from bot.vendors.jira import Jira


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What the environment says about trackers; what is empty is not set up. It is never logged.

    Attributes:
        github_url: the address of GitHub's API; it ends with a slash, and so does `jira_url`.
    """

    github_token: str = field(default="", repr=False)
    github_url: str = github.API
    github_webhook: str = field(default="", repr=False)
    jira_url: str = ""
    jira_email: str = ""
    jira_token: str = field(default="", repr=False)
    jira_webhook: str = field(default="", repr=False)

    def missing(self, tracker: str) -> Sequence[str]:
        """The names of the variables that must be set for a tracker, and are not."""
        needed = {
            github.KEY: {"GITHUB_TOKEN": self.github_token},
            jira.KEY: {
                "JIRA_URL": self.jira_url,
                "JIRA_EMAIL": self.jira_email,
                "JIRA_TOKEN": self.jira_token,
            },
        }
        return [name for name, value in needed[tracker].items() if not value]

    def is_called(self, tracker: str) -> bool:
        """Whether a tracker calls us, so that it need not be asked."""
        return bool({github.KEY: self.github_webhook, jira.KEY: self.jira_webhook}.get(tracker))


class _Tracker(Protocol):
    async def perform(self, call: Any, doubt: bool) -> Result: ...  # noqa: FBT001
    async def changes(
        self, where: Where, since: datetime, etag: str, now: datetime
    ) -> Changes | Retry | Dead: ...
    async def check(self, where: Where, issue_type: str) -> str: ...


class Trackers:
    """Talks to the trackers that are set up.

    Attributes:
        secrets: what the environment says.

    Args:
        session: the HTTP session.
        secrets: what the environment says.
    """

    def __init__(self, session: aiohttp.ClientSession, secrets: Secrets) -> None:
        self.secrets = secrets
        there: dict[str, _Tracker] = {}
        if not secrets.missing(github.KEY):
            there[github.KEY] = GitHub(session, secrets.github_token, secrets.github_url)
        if not secrets.missing(jira.KEY):
            there[jira.KEY] = Jira(session, secrets.jira_url, secrets.jira_email, secrets.jira_token)
        self._there: Mapping[str, _Tracker] = there

    def __contains__(self, tracker: str) -> bool:
        """Whether a tracker is set up."""
        return tracker in self._there

    async def perform(self, call: Call, doubt: bool) -> Result:  # noqa: FBT001  # `Perform`'s shape
        """Do a call."""
        tracker = self._there.get(call.where.tracker)
        return await tracker.perform(call, doubt) if tracker else Dead(NOT_CONFIGURED)

    async def changes(
        self, where: Where, since: datetime, etag: str, now: datetime
    ) -> Changes | Retry | Dead:
        """What has changed at a place."""
        tracker = self._there.get(where.tracker)
        return await tracker.changes(where, since, etag, now) if tracker else Dead(NOT_CONFIGURED)

    async def check(self, where: Where, issue_type: str) -> str:
        """Why issues cannot be written at a place, as a refusal; empty if they can."""
        tracker = self._there.get(where.tracker)
        return await tracker.check(where, issue_type) if tracker else NOT_CONFIGURED


def routes(secrets: Secrets) -> Sequence[Route]:
    """The addresses at which trackers call us."""
    signed = (
        (github.PATH, github.SIGNATURE, secrets.github_webhook),
        (jira.PATH, jira.SIGNATURE, secrets.jira_webhook),
    )
    return [webhooks.route(path, header, secret) for path, header, secret in signed if secret]


def handlers(secrets: Secrets, follow: Follow) -> Mapping[str, HttpHandler]:
    """Answer what arrives there, by its path."""

    def from_jira(request: HttpRequest) -> Sequence[Heard]:
        return jira.heard(request, secrets.jira_url)

    read = {github.PATH: github.heard, jira.PATH: from_jira}
    return {route.path: webhooks.handler(read[route.path], follow) for route in routes(secrets)}
