"""What a message may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.blocks import validate
from bot.sandbox.errors import SlackError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.sandbox.api.call import Call

#: Slack docs, chat.postMessage: longer texts are cut.
TEXT_CUT = 40_000
#: Slack docs, chat.update: longer texts are refused.
UPDATE_LIMIT = 4_000
MARKDOWN_LIMIT = 12_000
#: Undocumented, second-hand: all blocks of a message together.
BLOCKS_TEXT_LIMIT = 13_200
ATTACHMENT_LIMIT = 100


def read(call: Call) -> dict[str, Any]:
    """The members of a message that a chat.* call gives; those it leaves out are missing.

    Raises:
        SlackError: ``no_text``, ``invalid_blocks``, ``markdown_text_conflict`` and the like.
    """
    args = call.args
    content: dict[str, Any] = {}
    if args.get("markdown_text"):
        return _with_metadata(call, _markdown(call))
    if args.get("text") is not None:
        content["text"] = args["text"][:TEXT_CUT]
    if args.get("blocks") is not None:
        content["blocks"] = _blocks(call, args["blocks"])
    if args.get("attachments") is not None:
        content["attachments"] = _attachments(call, args["attachments"])
    if not any(content.values()):
        raise SlackError("no_text")
    return _with_metadata(call, content)


def _markdown(call: Call) -> dict[str, Any]:
    args = call.args
    if args.get("text") or args.get("blocks"):
        raise SlackError("markdown_text_conflict")
    text = args["markdown_text"]
    if len(text) > MARKDOWN_LIMIT:
        raise call.refusal("msg_blocks_too_long", "msg_too_long")
    return {"text": text, "blocks": [{"type": "markdown", "text": text}]}


def _blocks(call: Call, blocks: Any) -> list[dict[str, Any]]:
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    validate.check_message_blocks(blocks)
    if sum(len(text) for text in texts(blocks)) > BLOCKS_TEXT_LIMIT:
        raise call.refusal("msg_blocks_too_long", "msg_too_long")
    return blocks


def _attachments(call: Call, attachments: Any) -> list[dict[str, Any]]:
    if not isinstance(attachments, list) or not all(isinstance(entry, dict) for entry in attachments):
        raise call.refusal("invalid_attachments")
    if len(attachments) > ATTACHMENT_LIMIT:
        raise SlackError("too_many_attachments")
    for entry in attachments:
        if entry.get("blocks"):
            validate.check_message_blocks(entry["blocks"])
    return attachments


def _with_metadata(call: Call, content: dict[str, Any]) -> dict[str, Any]:
    metadata = call.args.get("metadata")
    if metadata is not None:
        if not isinstance(metadata, dict):
            raise call.refusal("invalid_metadata_format")
        whole = isinstance(metadata.get("event_type"), str) and isinstance(
            metadata.get("event_payload"), dict
        )
        if not whole:
            raise call.refusal("invalid_metadata_schema")
        content["metadata"] = metadata
    return content


def texts(value: Any) -> Iterable[str]:
    """Every ``text`` in blocks, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "text" and isinstance(item, str):
                yield item
            else:
                yield from texts(item)
