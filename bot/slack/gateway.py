"""Calls to Slack. Each returns `Delivered`, `Retry` or `Dead`; Slack's errors are never raised."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from typing import Any, assert_never

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.core.blocks import Message
from bot.ports.port import Begun, Dead, Delivered, Result, Retry
from bot.ports.slack.calls import (
    Call,
    CreateChannel,
    Edit,
    FetchMembers,
    FetchMessage,
    FetchPerson,
    FindPosted,
    InvitePeople,
    LookAtChannel,
    Pin,
    Post,
    Remove,
    ReplaceView,
    Respond,
    ShareFile,
    Topic,
    UploadFile,
)
from bot.slack import lookup
from bot.slack.addresses import Addresses
from bot.slack.errors import (
    MISREAD,
    NETWORK_ERRORS,
    REFUSED,
    SERVER_ERROR,
    TOO_MANY,
    UnexpectedAnswerError,
    code,
    from_network,
    from_slack,
    held,
    retry_after,
)

INVITED_AT_ONCE = 100  # Slack docs, conversations.invite
UPLOADED = 200  # Slack docs, "Working with files": any other status means that the bytes did not arrive
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
_NEXT_NAME = frozenset({"name_taken", "invalid_name", "invalid_name_specials", "invalid_name_punctuation"})
_NO_CHANNEL = (CreateChannel, UploadFile, ReplaceView, Respond, FetchPerson, LookAtChannel)
_REPEATABLE = (
    Edit,
    Remove,
    InvitePeople,
    Topic,
    Pin,
    UploadFile,
    ReplaceView,
    FetchMembers,
    FetchMessage,
    FindPosted,
    FetchPerson,
    LookAtChannel,
)  # done twice is done
_GONE = frozenset({404, 410})
_UNREMOVABLE = frozenset({"cant_delete_message", "compliance_exports_prevent_deletion", "unknown_method"})
_DONE_ALREADY = frozenset({"already_in_channel", "cant_invite_self", "already_pinned"})

log = structlog.get_logger(__name__)


class Gateway:
    """The gateway to Slack's Web API.

    Args:
        client: the official client, which must not retry: only the outbox does.
        session: the HTTP session that it uses.
    """

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._client = client
        self._session = session
        self._addresses = Addresses(client.base_url)
        self._unknown: set[str] = set()

    async def perform(self, call: Call, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        """Make the call; if in doubt, first look whether it has already taken effect."""
        result = await self._tried(call, doubt=doubt)
        if isinstance(result, Retry) and isinstance(call, _REPEATABLE):
            return replace(result, doubt=False)
        return result

    async def _tried(self, call: Call, *, doubt: bool) -> Result:
        try:
            return await self._joining(call, doubt=doubt)
        except SlackApiError as error:
            return self._told(call, error)
        except NETWORK_ERRORS as error:
            return from_network(error)
        except (UnexpectedAnswerError, *MISREAD) as error:
            log.error("slack.unexpected_answer", call=type(call).__name__, error=type(error).__name__)  # noqa: TRY400  # the traceback could hold what people typed
            return Retry("unexpected_answer", doubt=True, unexpected=True)

    async def _joining(self, call: Call, *, doubt: bool) -> Result:
        """Make the call; if the bot is not in a public channel (any more), join it first."""
        try:
            return await self._perform(call, doubt=doubt)
        except SlackApiError as error:
            if code(error) != "not_in_channel" or isinstance(call, _NO_CHANNEL):
                raise
        await self._client.conversations_join(channel=call.channel)
        return await self._perform(call, doubt=doubt)

    async def _perform(self, call: Call, *, doubt: bool) -> Result:
        match call:
            case CreateChannel():
                return await self._create(call, doubt=doubt)
            case Post():
                return await self._post(call, doubt=doubt)
            case Edit():
                await self._client.chat_update(channel=call.channel, ts=call.ts, **_content(call.message))
            case Remove():
                await self._remove(call)
            case InvitePeople():
                return await self._invite(call)
            case FetchMembers():
                return await self._members(call)
            case Topic():
                await self._client.conversations_setTopic(channel=call.channel, topic=call.text)
            case Pin():
                return await _done_or_already(self._client.pins_add(channel=call.channel, timestamp=call.ts))
            case UploadFile():
                return await self._upload(call)
            case ShareFile():
                return await self._share(call, doubt=doubt)
            case ReplaceView():
                return await self._replace_view(call)
            case Respond():
                return await self._respond(call)
            case FetchMessage():
                return Delivered(await lookup.message(self._client, call.channel, call.ts))
            case FindPosted():
                return Delivered(await self._found(call.channel, call.key))
            case FetchPerson():
                answer = await self._client.users_info(user=call.person)
                return Delivered(lookup.person(answer["user"]))
            case LookAtChannel():
                return Delivered({"open": await lookup.can_post(self._client, call.channel)})
            case _:
                assert_never(call)
        return Delivered()

    async def _create(self, call: CreateChannel, *, doubt: bool) -> Result:
        if doubt and (channel := await self._own_channel(call)):
            return Delivered({"channel": channel})
        refused = "invalid_name_required"
        for name in call.names:
            try:
                answer = await self._client.conversations_create(name=name, is_private=call.private)
            except SlackApiError as error:
                refused = code(error)
                if refused not in _NEXT_NAME:
                    raise
                continue
            return Delivered({"channel": held(answer, "channel", "id")})
        return Dead(refused)

    async def _own_channel(self, call: CreateChannel) -> str | None:
        """The channel that an earlier attempt created; None if there is none, or if the server cannot list channels."""
        try:
            return await lookup.own_channel(self._client, call)
        except SlackApiError as error:
            if code(error) != "unknown_method":
                raise  # once the scope is granted, the channel is found and no second one is created
            return None

    async def _post(self, call: Post, *, doubt: bool) -> Result:
        if doubt and (found := await self._found(call.channel, call.key, call.thread)):
            return Delivered(found)

        metadata = {"event_type": lookup.METADATA_TYPE, "event_payload": {"key": call.key}}
        answer = await self._client.chat_postMessage(
            channel=call.channel,
            metadata=metadata,
            unfurl_links=False,
            thread_ts=call.thread or None,
            **_content(call.message),
        )
        return Delivered({"channel": held(answer, "channel"), "ts": held(answer, "ts")})

    async def _found(self, channel: str, key: str, thread: str = "") -> dict[str, str]:
        """The place of the message with this key; empty if it is not there, or if we may not look."""
        try:
            ts = await lookup.posted(self._client, channel, key, thread)
        except SlackApiError as error:
            if isinstance(from_slack(error), Retry) or code(error) == "not_in_channel":
                raise
            return {}  # better perhaps twice than certainly never
        return {"channel": channel, "ts": ts} if ts else {}

    async def _remove(self, call: Remove) -> None:
        """Delete the message. If Slack forbids that, edit it; if it is already gone, do nothing."""
        try:
            await self._client.chat_delete(channel=call.channel, ts=call.ts)
        except SlackApiError as error:
            if code(error) in _UNREMOVABLE:
                await self._client.chat_update(channel=call.channel, ts=call.ts, **_content(call.instead))
            elif code(error) != "message_not_found":
                raise

    async def _invite(self, call: InvitePeople) -> Result:
        """Invite everybody who can be invited; report Slack's reason for each of the others."""
        refused: dict[str, str] = {}
        for start in range(0, len(call.people), INVITED_AT_ONCE):
            refused |= await self._invited(call.channel, call.people[start : start + INVITED_AT_ONCE])
        refused = {person: reason for person, reason in refused.items() if reason not in _DONE_ALREADY}
        if refused:
            return Dead(next(iter(refused.values())), refused)
        return Delivered({"people": " ".join(call.people)})

    async def _invited(self, channel: str, people: Sequence[str]) -> dict[str, str]:
        """The people whom Slack did not let in, and why."""
        try:
            answer = await self._client.conversations_invite(
                channel=channel, users=",".join(people), force=True
            )
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
            refused |= await self._invited(channel, [person])
        return refused

    async def _members(self, call: FetchMembers) -> Result:
        """All members of a channel. If Slack does not let us read them now, the next reading will."""
        try:
            return Delivered({"members": " ".join(await lookup.members(self._client, call.channel))})
        except SlackApiError as error:
            result = from_slack(error)
            if isinstance(result, Retry):
                return result
            log.warning("slack.members_not_read", error=code(error))
            return Delivered()

    async def _upload(self, call: UploadFile) -> Result:
        """Upload only the bytes.

        The file's id is stored before anybody can see the file, so that the file can be found if in doubt.
        """
        content = call.content.encode()
        answer = await self._client.files_getUploadURLExternal(filename=call.filename, length=len(content))
        file, url = held(answer, "file_id"), held(answer, "upload_url")
        async with self._session.post(url, data=content) as sent:
            if sent.status == TOO_MANY:
                return Retry("ratelimited", after=retry_after(sent.headers))
            if sent.status != UPLOADED:
                return Retry(f"http_{sent.status}")
        return Begun({"file": file})

    async def _share(self, call: ShareFile, *, doubt: bool) -> Result:
        if doubt and await lookup.shared(self._client, call.channel, call.file):
            return Delivered()
        await self._client.files_completeUploadExternal(
            files=[{"id": call.file, "title": call.title}],
            channel_id=call.channel,
            initial_comment=call.comment,
        )
        return Delivered()

    async def _replace_view(self, call: ReplaceView) -> Result:
        try:
            await self._client.views_update(view_id=call.view_id, view=call.view)
        except SlackApiError as error:
            if code(error) != "not_found":
                raise  # `not_found` means that the person has closed it
        return Delivered()

    async def _respond(self, call: Respond) -> Result:
        if call.url not in self._addresses:
            return Delivered()  # the address is not Slack's, so nothing is sent to it
        webhook = AsyncWebhookClient(call.url, session=self._session, retry_handlers=[])
        message = call.message
        answer = await webhook.send(text=message.text, blocks=message.blocks, response_type="ephemeral")
        if answer.status_code == TOO_MANY:
            return Retry("ratelimited", after=retry_after(answer.headers))
        if answer.status_code >= SERVER_ERROR:
            return Retry(f"http_{answer.status_code}")
        if answer.status_code >= REFUSED and answer.status_code not in _GONE:
            return Dead(f"http_{answer.status_code}")
        return Delivered()  # or the address is used up or older than half an hour: nobody waits any more

    def _told(self, call: Call, error: SlackApiError) -> Retry | Dead:
        """Log once that the server does not support a method; the outbox logs all other errors."""
        result = from_slack(error)
        kind = type(call).__name__
        if result.reason == "unknown_method" and kind not in self._unknown:
            self._unknown.add(kind)
            log.error(
                "slack.unknown_method", call=kind, hint="the server at SLACK_API_URL does not support it"
            )
        return result


def _content(message: Message) -> dict[str, Any]:
    return {"text": str(message.text), "blocks": message.blocks}


def _each_refused(answer: object) -> dict[str, str]:
    """Slack's reason for each person whom it did not let in, even if it let others in."""
    errors = answer.get("errors") if isinstance(answer, dict) else None
    told = [each for each in errors or [] if isinstance(each, dict) and each.get("user")]
    return {str(each["user"]): str(each.get("error")) for each in told}


async def _done_or_already(doing: Awaitable[object]) -> Result:
    """The result of a call that also counts as done if Slack says that it was done before."""
    try:
        await doing
    except SlackApiError as error:
        if code(error) not in _DONE_ALREADY:
            raise
    return Delivered()
