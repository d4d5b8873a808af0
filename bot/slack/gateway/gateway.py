"""Calls to Slack. Each returns `Delivered`, `Retry` or `Dead`; Slack's errors are never raised."""

from dataclasses import replace
from typing import assert_never

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_sdk.webhook.webhook_response import WebhookResponse

from bot.core.blocks import Block
from bot.core.clock import utc_now
from bot.ports.port import Dead, Delivered, Result, Retry
from bot.ports.slack.calls import (
    ArchiveChannel,
    Call,
    CreateCanvas,
    CreateChannel,
    DescribeChannel,
    Edit,
    EditCanvas,
    FetchDoNotDisturb,
    FetchMembers,
    FetchMessage,
    FetchPerson,
    FetchUserGroup,
    FindPosted,
    InvitePeople,
    LookAtChannel,
    Pin,
    Post,
    PresentDetails,
    Remove,
    RemoveBookmark,
    RenameChannel,
    ReplaceView,
    Respond,
    SetBookmark,
    ShareFile,
    ShowPreviews,
    Topic,
    UploadFile,
    UploadPicture,
)
from bot.ports.slack.documents import CreateDocument, FetchDocument, ShareDocument, WriteDocumentPart
from bot.ports.slack.lists import CreateList, KeepRow, ShareList
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
    retry_after,
)
from bot.slack.gateway import channels, documents, files, head, lists, messages, unfurls
from bot.slack.newer_blocks import NewerBlocks, without_memory

_NO_CHANNEL = (
    CreateChannel,
    UploadFile,
    UploadPicture,
    ReplaceView,
    Respond,
    FetchPerson,
    FetchDoNotDisturb,
    FetchUserGroup,
    LookAtChannel,
    DescribeChannel,
    ShowPreviews,
    PresentDetails,
    CreateList,
    ShareList,
    KeepRow,
)
_Reading = (
    FetchMembers
    | FetchMessage
    | FindPosted
    | FetchPerson
    | FetchDoNotDisturb
    | FetchUserGroup
    | LookAtChannel
    | DescribeChannel
)
_REPEATABLE = (
    Edit,
    Remove,
    InvitePeople,
    Topic,
    RenameChannel,
    ArchiveChannel,
    Pin,
    UploadFile,
    UploadPicture,
    ReplaceView,
    FetchMembers,
    FetchMessage,
    FindPosted,
    FetchPerson,
    FetchDoNotDisturb,
    FetchUserGroup,
    LookAtChannel,
    RemoveBookmark,
    CreateCanvas,
    EditCanvas,
    CreateDocument,
    ShareDocument,
    FetchDocument,
    WriteDocumentPart,
    DescribeChannel,
    ShareList,
)  # done twice is done
_GONE = frozenset({404, 410})

log = structlog.get_logger(__name__)


class Gateway:
    """The gateway to Slack's Web API.

    Args:
        client: the official client, which must not retry: only the outbox does.
        session: the HTTP session that it uses.
        newer: which newer blocks the workspace takes.
    """

    def __init__(
        self, client: AsyncWebClient, session: aiohttp.ClientSession, newer: NewerBlocks | None = None
    ) -> None:
        self._client = client
        self._session = session
        self._newer = newer or without_memory(utc_now)
        self._addresses = Addresses(client.base_url)
        self._unknown: set[str] = set()
        self._links = unfurls.Links()

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
            case CreateChannel() | RenameChannel() | ArchiveChannel() | InvitePeople():
                return await channels.perform(self._client, call, doubt=doubt)
            case Post():
                return await messages.post(self._client, self._newer, call, doubt=doubt)
            case Edit():
                await messages.edit(self._client, self._newer, call)
            case Remove():
                await messages.remove(self._client, self._newer, call)
            case Topic():
                await self._client.conversations_setTopic(channel=call.channel, topic=call.text)
            case Pin():
                await messages.pin(self._client, call)
            case UploadFile():
                return await files.upload(self._client, self._session, call)
            case UploadPicture():
                return await files.upload_picture(self._client, self._session, call)
            case ShareFile():
                return await files.share(self._client, call, doubt=doubt)
            case ReplaceView():
                return await self._replace_view(call)
            case Respond():
                return await self._respond(call)
            case SetBookmark() | RemoveBookmark() | CreateCanvas() | EditCanvas():
                return await head.perform(self._client, call, doubt=doubt)
            case CreateDocument() | ShareDocument() | FetchDocument() | WriteDocumentPart():
                return await documents.perform(self._client, call)
            case CreateList() | ShareList() | KeepRow():
                return await lists.perform(self._client, call, doubt=doubt)
            case ShowPreviews() | PresentDetails():
                await self._links.show(self._client, call)
            case (
                FetchMembers()
                | FetchMessage()
                | FindPosted()
                | FetchPerson()
                | FetchDoNotDisturb()
                | FetchUserGroup()
                | LookAtChannel()
                | DescribeChannel()
            ):
                return await self._read(call)
            case _:
                assert_never(call)
        return Delivered()

    async def _read(self, call: _Reading) -> Result:
        match call:
            case FetchMembers():
                return await channels.members(self._client, call)
            case FetchMessage():
                return Delivered(await lookup.message(self._client, call.channel, call.ts))
            case FindPosted():
                return Delivered(await messages.found(self._client, call.channel, call.key))
            case FetchPerson():
                answer = await self._client.users_info(user=call.person)
                return Delivered(lookup.person(answer["user"]))
            case FetchDoNotDisturb():
                return Delivered(await lookup.do_not_disturb(self._client, call.person))
            case FetchUserGroup():
                return Delivered(await lookup.user_group(self._client, call.group))
            case DescribeChannel():
                return Delivered(await lookup.described(self._client, call.channel))
            case LookAtChannel():
                return Delivered({"open": await lookup.can_post(self._client, call.channel)})
            case _:
                assert_never(call)

    async def _replace_view(self, call: ReplaceView) -> Result:
        async def send(blocks: list[Block]) -> AsyncSlackResponse:
            return await self._client.views_update(view_id=call.view_id, view=call.view | {"blocks": blocks})

        try:
            await self._newer.send(call.view["blocks"], send)
        except SlackApiError as error:
            if code(error) != "not_found":
                raise  # `not_found` means that the person has closed it
        return Delivered()

    async def _respond(self, call: Respond) -> Result:
        if call.url not in self._addresses:
            return Delivered()  # the address is not Slack's, so nothing is sent to it
        webhook = AsyncWebhookClient(call.url, session=self._session, retry_handlers=[])
        message = call.message

        async def send(blocks: list[Block]) -> WebhookResponse:
            return await webhook.send(text=message.text, blocks=blocks, response_type="ephemeral")

        answer = await self._newer.send(message.blocks, send)
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
