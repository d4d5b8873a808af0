"""Does Slack accept what we were given? Asked at the start and by `warroom doctor`, with what to do where it does not."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.errors import WarroomError
from bot.ports.port import Retry
from bot.slack.errors import NETWORK_ERRORS, code, from_slack, is_not_slacks, told


class SlackRefusesError(WarroomError):
    """Slack does not accept a setting; the message says which, why, and what to do."""


class SlackUnwellError(WarroomError):
    """Slack cannot be reached, or has trouble of its own: nothing is wrong with the settings as far as we know."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Slack, and what we may do.

    Attributes:
        scopes: what the token may do; None where the server does not tell.
        enterprise_id: the organisation's, where the workspace belongs to one.
        url: the workspace's own address, with a slash at its end; empty where the server does not tell.
    """

    team_id: str
    team: str
    user_id: str
    user: str
    scopes: frozenset[str] | None
    bot_id: str = ""
    enterprise_id: str = ""
    date: str = ""  # Slack's, as its answer's header tells it
    url: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that messages are to be posted in.

    Attributes:
        is_ours: whether we are in it, or can let ourselves in.
    """

    name: str
    is_archived: bool = False
    is_ours: bool = True


async def accepted(client: AsyncWebClient, app_token: str, incidents_channel: str) -> Identity:
    """Wrong settings are told now, not when they are needed; Slack is asked about all at once.

    Args:
        client: has the bot token.
        app_token: opens sockets; empty where Slack calls us.
        incidents_channel: its id; empty where there is none.

    Raises:
        SlackRefusesError: Slack does not accept one of them.
        SlackUnwellError: Slack cannot be asked.
    """
    checks: list[Awaitable[object]] = []
    if app_token:
        checks.append(check_app_token(client, app_token))
    if incidents_channel:
        checks.append(channel(client, incidents_channel))
    me, others = await asyncio.gather(
        identity(client), asyncio.gather(*checks, return_exceptions=True), return_exceptions=True
    )
    if isinstance(me, BaseException):
        raise me  # a wrong bot token explains the failures that follow from it
    for failure in others if isinstance(others, list) else [others]:
        if isinstance(failure, BaseException):
            raise failure
    return me


async def identity(client: AsyncWebClient) -> Identity:
    """Who the bot token makes us.

    Raises:
        SlackRefusesError: the token is not accepted.
        SlackUnwellError: Slack cannot be asked.
    """
    me = await _asked(client.auth_test(), "SLACK_BOT_TOKEN", "Install the app again and copy its token anew.")
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


async def check_app_token(client: AsyncWebClient, token: str) -> None:
    """Try the app-level token; the Socket Mode client itself would try a wrong one for ever. Raises as `identity`."""
    remedy = "It needs the scope connections:write, and Socket Mode must be on in the app's settings."
    await _asked(client.apps_connections_open(app_token=token), "SLACK_APP_TOKEN", remedy)


async def channel(client: AsyncWebClient, channel_id: str) -> Channel:
    """The incidents channel; of a server that cannot tell, by its id alone. Raises as `identity`."""
    remedy = "Check the id, and invite the app if the channel is private."
    try:
        answer = await _asked(
            client.conversations_info(channel=channel_id), f"INCIDENTS_CHANNEL {channel_id}", remedy
        )
    except _UnknownMethodError:
        return Channel(channel_id)  # a server that speaks only a part of Slack's API; announcing will show
    found = answer["channel"]
    return Channel(
        name=str(found["name"]),
        is_archived=bool(found.get("is_archived")),
        is_ours=bool(found.get("is_member") or not found.get("is_private")),
    )


class _UnknownMethodError(SlackRefusesError):
    pass


async def _asked(call: Awaitable[AsyncSlackResponse], setting: str, remedy: str) -> AsyncSlackResponse:
    try:
        return await call
    except SlackApiError as error:
        if isinstance(from_slack(error), Retry):
            hint = " If that lasts, check SLACK_API_URL." if is_not_slacks(error) else ""
            raise SlackUnwellError(
                f"Slack is not well just now ({told(error)}): try again in a while.{hint}"
            ) from error
        if is_not_slacks(error):
            raise SlackRefusesError(
                f"{setting} cannot be checked: {told(error)}, which is no answer of Slack's. "
                "Check SLACK_API_URL, and whether the server there offers this."
            ) from error
        kind = _UnknownMethodError if code(error) == "unknown_method" else SlackRefusesError
        raise kind(f"Slack refuses {setting}: {code(error)}. {remedy}") from error
    except NETWORK_ERRORS as error:
        raise SlackUnwellError(
            f"Slack cannot be reached ({type(error).__name__}): check the network and SLACK_API_URL."
        ) from error
