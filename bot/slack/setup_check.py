"""Check with Slack that it accepts the settings, at the start and in `warroom doctor`; say what to do if not."""

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.errors import WarroomError
from bot.ports.port import Retry
from bot.slack.errors import NETWORK_ERRORS, code, describe, from_slack, is_not_slacks


class SlackRefusesError(WarroomError):
    """Slack does not accept a setting; the message says which, why, and what to do."""


class SlackUnavailableError(WarroomError):
    """Slack cannot be reached, or has an outage. As far as we know, the settings are right."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's identity in Slack, and what it may do.

    Attributes:
        scopes: the token's scopes; None if the server does not say.
        enterprise_id: the organisation's id, if the workspace belongs to one.
        url: the workspace's own address, with a slash at the end; empty if the server does not say.
        socket_addresses: the addresses for sockets that Slack gave out, one for each.
    """

    team_id: str
    team: str
    user_id: str
    user: str
    scopes: frozenset[str] | None
    bot_id: str = ""
    enterprise_id: str = ""
    date: str = ""  # Slack's time, from the header of its answer
    url: str = ""
    socket_addresses: "tuple[SocketAddress, ...]" = ()

    def may(self, scope: str) -> bool:
        """Whether the token has this scope; a server that does not say is asked all the same."""
        return self.scopes is None or scope in self.scopes


@dataclass(frozen=True, slots=True)
class SocketAddress:
    """An address at which Slack waits for one socket, for half a minute (Slack docs, Socket Mode).

    Attributes:
        given_at: when it was asked for, by `time.monotonic`.
    """

    url: str = field(repr=False)  # whoever has it gets what Slack sends us
    given_at: float


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in which the bot posts.

    Attributes:
        is_ours: whether the bot is a member, or can join.
    """

    name: str
    is_archived: bool = False
    is_ours: bool = True


async def check_setup(
    client: AsyncWebClient, app_token: str, incidents_channel: str, sockets: int = 1
) -> Identity:
    """Check all settings with Slack at the start, in parallel, so that mistakes are reported then and not later.

    Args:
        client: the client with the bot token.
        app_token: the token for Socket Mode; empty with signed HTTP.
        incidents_channel: its id; empty if there is none.
        sockets: how many addresses for sockets are needed.

    Raises:
        SlackRefusesError: Slack does not accept one of them.
        SlackUnavailableError: Slack cannot be asked.
    """
    checks: list[Awaitable[object]] = []
    if app_token:
        checks += [check_app_token(client, app_token) for _ in range(sockets)]
    if incidents_channel:
        checks.append(channel(client, incidents_channel))
    me, others = await asyncio.gather(
        identity(client), asyncio.gather(*checks, return_exceptions=True), return_exceptions=True
    )
    if isinstance(me, BaseException):
        raise me  # a wrong bot token causes the other failures too
    answers = others if isinstance(others, list) else [others]
    for failure in answers:
        if isinstance(failure, BaseException):
            raise failure
    return replace(me, socket_addresses=tuple(each for each in answers if isinstance(each, SocketAddress)))


async def identity(client: AsyncWebClient) -> Identity:
    """Ask Slack to whom the bot token belongs.

    Raises:
        SlackRefusesError: the token is not accepted.
        SlackUnavailableError: Slack cannot be asked.
    """
    me = await _asked(client.auth_test(), "SLACK_BOT_TOKEN", "Install the app again and copy its new token.")
    scopes = me.headers.get("x-oauth-scopes")
    granted = None if scopes is None else frozenset(scope.strip() for scope in str(scopes).split(","))
    return Identity(
        team_id=str(me["team_id"]),
        team=str(me["team"]),
        user_id=str(me["user_id"]),
        user=str(me["user"]),
        scopes=granted,
        bot_id=str(me.get("bot_id") or ""),
        enterprise_id=str(me.get("enterprise_id") or ""),
        date=str(me.headers.get("date", "")),
        url=str(me.get("url") or ""),
    )


async def check_app_token(client: AsyncWebClient, token: str) -> SocketAddress:
    """Check the app-level token, because the Socket Mode client would try a wrong one for ever. Raises as `identity`."""
    remedy = "It needs the scope connections:write, and Socket Mode must be on in the app's settings."
    asked_at = time.monotonic()
    answer = await _asked(client.apps_connections_open(app_token=token), "SLACK_APP_TOKEN", remedy)
    return SocketAddress(str(answer.get("url") or ""), asked_at)


async def channel(client: AsyncWebClient, channel_id: str, setting: str = "") -> Channel:
    """The incidents channel, or that of another setting; only its id, if the server cannot look it up.

    Raises as `identity`.
    """
    remedy = "Check the id, and invite the app if the channel is private."
    setting = setting or f"INCIDENTS_CHANNEL {channel_id}"
    try:
        answer = await _asked(client.conversations_info(channel=channel_id), setting, remedy)
    except _UnknownMethodError:
        return Channel(
            channel_id
        )  # a server with only a part of Slack's API; the first announcement will show
    found = answer["channel"]
    return Channel(
        name=str(found["name"]),
        is_archived=bool(found.get("is_archived")),
        is_ours=bool(found.get("is_member") or not found.get("is_private")),
    )


async def user_group(client: AsyncWebClient, group: str) -> int:
    """How many people are in a user group that the policy names. Raises as `identity`."""
    remedy = (
        "Check its id, and whether it is enabled; the app needs the scope usergroups:read (install it again with the "
        "current manifest.yml). Until then its members are refused what only they may do."
    )
    answer = await _asked(client.usergroups_users_list(usergroup=group), f"the user group {group}", remedy)
    return len(answer["users"])


async def person(client: AsyncWebClient, who: str) -> bool:
    """Whether a person whom the policy names has an active account. Raises as `identity`."""
    answer = await _asked(client.users_info(user=who), f"the person {who}", "Check the id.")
    return not answer["user"].get("deleted")


class _UnknownMethodError(SlackRefusesError):
    pass


async def _asked(call: Awaitable[AsyncSlackResponse], setting: str, remedy: str) -> AsyncSlackResponse:
    try:
        return await call
    except SlackApiError as error:
        if isinstance(from_slack(error), Retry):
            hint = " If that lasts, check SLACK_API_URL." if is_not_slacks(error) else ""
            raise SlackUnavailableError(
                f"Slack has trouble at the moment ({describe(error)}): try again in a while.{hint}"
            ) from error
        if is_not_slacks(error):
            raise SlackRefusesError(
                f"{setting} cannot be checked: {describe(error)}, which is not an answer of Slack. "
                "Check SLACK_API_URL, and whether the server there offers this."
            ) from error
        kind = _UnknownMethodError if code(error) == "unknown_method" else SlackRefusesError
        raise kind(f"Slack refuses {setting}: {code(error)}. {remedy}") from error
    except NETWORK_ERRORS as error:
        raise SlackUnavailableError(
            f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL."
        ) from error
