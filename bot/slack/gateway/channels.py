"""Calls about channels: to create one, to invite people, and to read its members."""

from collections.abc import Awaitable, Callable, Sequence
from typing import assert_never

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Dead, Delivered, Result, Retry
from bot.ports.slack.calls import ArchiveChannel, CreateChannel, FetchMembers, InvitePeople, RenameChannel
from bot.slack import lookup
from bot.slack.errors import code, from_slack, text_at

INVITED_AT_ONCE = 100  # Slack docs, conversations.invite
# Slack docs, conversations.invite: errors that are about the person and not about the channel or the app.
_ABOUT_A_PERSON = frozenset(
    {
        "already_in_channel",
        "cant_invite",
        "cant_invite_self",
        "invitee_cant_see_channel",
        "no_external_invite_permission",
        "org_user_not_in_team",
        "ura_max_channels",
        "user_is_restricted",
        "user_not_found",
    }
)
_ARCHIVED = frozenset({"already_archived", "is_archived"})  # the second one when we had to join it first
_MEMBER_ALREADY = frozenset({"already_in_channel", "cant_invite_self"})
_NEXT_NAME = frozenset(
    {
        "name_taken",
        "invalid_name",
        "invalid_name_maxlength",
        "invalid_name_specials",
        "invalid_name_punctuation",
    }
)

log = structlog.get_logger(__name__)


OfChannel = CreateChannel | RenameChannel | ArchiveChannel | InvitePeople


async def perform(client: AsyncWebClient, call: OfChannel, *, doubt: bool) -> Result:
    """Make one of these calls.

    Raises:
        SlackApiError: Slack refuses.
    """
    match call:
        case CreateChannel():
            return await create(client, call, doubt=doubt)
        case RenameChannel():
            return await rename(client, call)
        case ArchiveChannel():
            return await archive(client, call)
        case InvitePeople():
            return await invite(client, call)
        case _:
            assert_never(call)


async def create(client: AsyncWebClient, call: CreateChannel, *, doubt: bool) -> Result:
    """Create a channel with the first name that Slack accepts.

    Raises:
        SlackApiError: Slack refuses for another reason than the name.
    """
    if doubt and (channel := await _own_channel(client, call)):
        return Delivered({"channel": channel})

    async def named(name: str) -> Delivered:
        answer = await client.conversations_create(name=name, is_private=call.private)
        return Delivered({"channel": text_at(answer, "channel", "id")})

    return await _with_first_free(call.names, named)


async def rename(client: AsyncWebClient, call: RenameChannel) -> Result:
    """Rename a channel, unless it has one of the new names already or people have named it.

    Slack lets an app rename only the channels that it has created (`not_authorized`).

    Raises:
        SlackApiError: Slack refuses for another reason than the name.
    """
    present = text_at(await client.conversations_info(channel=call.channel), "channel", "name")
    if present in call.names or present not in call.former:
        return Delivered()

    async def named(name: str) -> Delivered:
        await client.conversations_rename(channel=call.channel, name=name)
        return Delivered()

    return await _with_first_free(call.names, named)


async def archive(client: AsyncWebClient, call: ArchiveChannel) -> Result:
    """Archive a channel, unless people have written there too recently; it may be archived already.

    Raises:
        SlackApiError: Slack refuses.
    """
    since = call.unless_said_since
    if since and await lookup.said_since(client, call.channel, since):
        return Delivered({"talk": "yes"})
    try:
        await client.conversations_archive(channel=call.channel)
    except SlackApiError as error:
        if code(error) not in _ARCHIVED:
            raise
    return Delivered({"archived": "yes"})


async def _with_first_free(
    names: Sequence[str], give: Callable[[str], Awaitable[Delivered]]
) -> Delivered | Dead:
    """Try the names in this order until Slack accepts one."""
    refused = "invalid_name_required"
    for name in names:
        try:
            return await give(name)
        except SlackApiError as error:
            refused = code(error)
            if refused not in _NEXT_NAME:
                raise
    return Dead(refused)


async def _own_channel(client: AsyncWebClient, call: CreateChannel) -> str | None:
    """The channel that an earlier attempt created; None if there is none, or if the server cannot list channels."""
    try:
        return await lookup.own_channel(client, call)
    except SlackApiError as error:
        if code(error) != "unknown_method":
            raise  # once the scope is granted, the channel is found and no second one is created
        return None


async def invite(client: AsyncWebClient, call: InvitePeople) -> Result:
    """Invite everybody who can be invited; report Slack's reason for each of the others.

    Raises:
        SlackApiError: Slack refuses for a reason that is not about a person.
    """
    refused: dict[str, str] = {}
    for start in range(0, len(call.people), INVITED_AT_ONCE):
        refused |= await _invited(client, call.channel, call.people[start : start + INVITED_AT_ONCE])
    refused = {person: reason for person, reason in refused.items() if reason not in _MEMBER_ALREADY}
    if refused:
        return Dead(next(iter(refused.values())), refused)
    return Delivered({"people": " ".join(call.people)})


async def _invited(client: AsyncWebClient, channel: str, people: Sequence[str]) -> dict[str, str]:
    """The people whom Slack did not let in, and why."""
    try:
        answer = await client.conversations_invite(channel=channel, users=",".join(people), force=True)
        return _each_refused(answer.data)
    except SlackApiError as error:
        if each := _each_refused(error.response.data):
            return each
        if code(error) not in _ABOUT_A_PERSON:
            raise
        if len(people) == 1:
            return {people[0]: code(error)}
    refused: dict[str, str] = {}
    for person in people:  # Slack does not say who it means; with one person at a time it is clear
        refused |= await _invited(client, channel, [person])
    return refused


def _each_refused(answer: object) -> dict[str, str]:
    """Slack's reason for each person whom it did not let in, even if it let others in."""
    errors = answer.get("errors") if isinstance(answer, dict) else None
    told = [each for each in errors or [] if isinstance(each, dict) and each.get("user")]
    return {str(each["user"]): str(each.get("error")) for each in told}


async def members(client: AsyncWebClient, call: FetchMembers) -> Result:
    """All members of a channel. If Slack does not let us read them now, the next reading will."""
    try:
        return Delivered({"members": " ".join(await lookup.members(client, call.channel))})
    except SlackApiError as error:
        result = from_slack(error)
        if isinstance(result, Retry):
            return result
        log.warning("slack.members_not_read", error=code(error))
        return Delivered()
