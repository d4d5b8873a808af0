"""Calls about files: to upload the bytes, and to share the file in a channel."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.ports.port import Begun, Delivered, Result, Retry
from bot.ports.slack.calls import ShareFile, UploadFile
from bot.slack import lookup
from bot.slack.errors import TOO_MANY, code, retry_after, text_at

UPLOADED = 200  # Slack docs, "Working with files": any other status means that the bytes did not arrive


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession, call: UploadFile) -> Result:
    """Upload only the bytes.

    The file's id is stored before anybody can see the file, so that the file can be found if in doubt.

    Raises:
        SlackApiError: Slack gives no address for the upload.
    """
    content = call.content.encode()
    answer = await client.files_getUploadURLExternal(filename=call.filename, length=len(content))
    file, url = text_at(answer, "file_id"), text_at(answer, "upload_url")
    async with session.post(url, data=content) as sent:
        if sent.status == TOO_MANY:
            return Retry("ratelimited", after=retry_after(sent.headers))
        if sent.status != UPLOADED:
            return Retry(f"http_{sent.status}")
    return Begun({"file": file})


async def share(client: AsyncWebClient, call: ShareFile, *, doubt: bool) -> Result:
    """Share an uploaded file in a channel; if in doubt, first look whether it is shared.

    Raises:
        SlackApiError: Slack refuses.
    """
    if doubt and await _is_shared(client, call):
        return Delivered()
    answer = await client.files_completeUploadExternal(
        files=[{"id": call.file, "title": call.title}],
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
