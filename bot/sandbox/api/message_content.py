"""The content of a message, checked."""

import re
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.blocks import validate
from bot.sandbox.blocks.rules import MARKDOWN_LIMIT
from bot.sandbox.blocks.texts import texts
from bot.sandbox.core.errors import SlackError, invalid

# Slack docs, chat.postMessage: longer texts are cut.
TEXT_CUT = 40_000
# Slack docs, chat.update: longer texts are refused.
UPDATE_LIMIT = 4_000
# Undocumented, from other people's reports: the limit of all blocks of a message together. The cells of data tables
# have their own, larger limit.
BLOCKS_TEXT_LIMIT = 13_200
# The methods whose metadata may hold Work Objects (Slack docs, implementing Work Objects).
WITH_ENTITIES = frozenset({"chat.postMessage", "chat.postEphemeral"})
# Slack docs, message metadata: no periods or other punctuation.
EVENT_TYPE = re.compile(r"[\w-]+", re.ASCII)
ATTACHMENT_LIMIT = 100


def read(call: Call) -> dict[str, Any]:
    """The fields of a message in a chat.* call; fields that are not given are missing.

    Raises:
        SlackError: `no_text`, `invalid_blocks`, `markdown_text_conflict` and the like.
    """
    args = call.args
    content: dict[str, Any] = {}
    if args.get("markdown_text"):
        return _with_metadata(call, _markdown(call))
    if args.get("text") is not None:
        content["text"] = args["text"][:TEXT_CUT]
    if args.get("blocks") is not None:
        if not isinstance(args["blocks"], list):
            raise SlackError("invalid_blocks_format")
        content["blocks"] = args["blocks"]
    if args.get("attachments") is not None:
        content["attachments"] = _attachments(call, args["attachments"])
    if not any(content.values()):
        raise SlackError("no_text")
    validate.check_message(content, call.workspace.refused_blocks)
    if _length(content.get("blocks") or []) > BLOCKS_TEXT_LIMIT:
        raise call.refusal("msg_blocks_too_long", "msg_too_long")
    return _with_metadata(call, content)


def _markdown(call: Call) -> dict[str, Any]:
    args = call.args
    if args.get("text") or args.get("blocks"):
        raise SlackError("markdown_text_conflict")
    text = args["markdown_text"]
    if len(text) > MARKDOWN_LIMIT:
        raise call.refusal("msg_blocks_too_long", "msg_too_long")
    return {"text": text, "blocks": [{"type": "markdown", "text": text}]}


def _length(blocks: list[dict[str, Any]]) -> int:
    return sum(len(text) for block in blocks if block["type"] != "data_table" for text in texts(block))


def _attachments(call: Call, attachments: Any) -> list[dict[str, Any]]:
    if not isinstance(attachments, list) or not all(isinstance(entry, dict) for entry in attachments):
        raise call.refusal("invalid_attachments")
    if len(attachments) > ATTACHMENT_LIMIT:
        raise SlackError("too_many_attachments")
    return attachments


def _with_metadata(call: Call, content: dict[str, Any]) -> dict[str, Any]:
    metadata = call.args.get("metadata")
    if metadata is not None:
        if not isinstance(metadata, dict):
            raise call.refusal("invalid_metadata_format")
        _check_metadata(call, metadata)
        content["metadata"] = metadata
    return content


def _check_metadata(call: Call, metadata: dict[str, Any]) -> None:
    """Check the metadata: an event, Work Objects, or both."""
    problems: list[str] = []
    if "entities" in metadata:
        problems += validate.check_entities(metadata["entities"])
        if call.method.name not in WITH_ENTITIES:
            problems.append("invalid additional property: entities [json-pointer:/metadata]")
    if "entities" not in metadata or "event_type" in metadata or "event_payload" in metadata:
        event_type = metadata.get("event_type")
        if not isinstance(event_type, str) or not EVENT_TYPE.fullmatch(event_type):
            problems.append("does not match the expected format [json-pointer:/metadata/event_type]")
        if not isinstance(metadata.get("event_payload"), dict):
            problems.append("must provide an object [json-pointer:/metadata/event_payload]")
    if problems:
        raise invalid(problems, call.refusal("invalid_metadata_schema").code)
