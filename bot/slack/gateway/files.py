"""Calls about files: to upload the bytes, and to share the file in a channel."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core.text import clip
from bot.ports.port import Begun, Delivered, Result, Retry
from bot.ports.slack.calls import ShareFile, UploadFile, UploadPicture
from bot.slack import lookup
from bot.slack.errors import TOO_MANY, code, retry_after, text_at

ALT_MAX = 1000  # characters (Slack docs, files.getUploadURLExternal)
UPLOADED = 200  # Slack docs, "Working with files": any other status means that the bytes did not arrive


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession, call: UploadFile) -> Result:
    """Upload only the bytes.

    The file's id is stored before anybody can see the file, so that the file can be found if in doubt.

    Raises:
        SlackApiError: Slack gives no address for the upload.
    """
    content = call.content.encode()
    answer = await client.files_getUploadURLExternal(filename=call.filename, length=len(content))
    return await _sent(session, answer, content, "file")


async def upload_picture(
    client: AsyncWebClient, session: aiohttp.ClientSession, call: UploadPicture
) -> Result:
    """Upload only the bytes of a picture.

    Raises:
        SlackApiError: Slack gives no address for the upload.
    """
    answer = await client.files_getUploadURLExternal(
        filename=call.filename, length=len(call.content), alt_txt=clip(call.alt, ALT_MAX)
    )
    return await _sent(session, answer, call.content, "picture")


async def _sent(
    session: aiohttp.ClientSession, answer: AsyncSlackResponse, content: bytes, what: str
) -> Result:
    """Send the bytes to the address that Slack gave."""
    file, url = text_at(answer, "file_id"), text_at(answer, "upload_url")
    async with session.post(url, data=content) as sent:
        if sent.status == TOO_MANY:
            return Retry("ratelimited", after=retry_after(sent.headers))
        if sent.status != UPLOADED:
            return Retry(f"http_{sent.status}")
    return Begun({what: file})


async def share(client: AsyncWebClient, call: ShareFile, *, doubt: bool) -> Result:
    """Share an uploaded file in a channel; if in doubt, first look whether it is shared.

    Raises:
        SlackApiError: Slack refuses.
    """
    if doubt and await _is_shared(client, call):
        return Delivered()
    files: list[dict[str, str | None]] = [{"id": call.file, "title": call.title}]
    if call.picture:
        files.append({"id": call.picture, "title": call.picture_title})
    answer = await client.files_completeUploadExternal(
        files=files,
        channel_id=call.channel,
        initial_comment=call.comment or None,
    )
    return Delivered(_link(answer.get("files")))


def _link(files: object) -> dict[str, str]:
    """The address of the file, which Slack documents for a file but not for this answer."""
    first = files[0] if isinstance(files, list) and files else None
    link = first.get("permalink") if isinstance(first, dict) else None
    return {"link": link} if isinstance(link, str) and link else {}


async def _is_shared(client: AsyncWebClient, call: ShareFile) -> bool:
    """Whether the file is shared there; False if we may not look, as in direct messages: better twice than never."""
    try:
        return await lookup.shared(client, call.channel, call.file)
    except SlackApiError as error:
        if code(error) != "missing_scope":
            raise
        return False
