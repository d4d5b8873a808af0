"""chat.unfurl and entity.presentDetails: previews of links, and the pane with the details of a Work Object."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError, invalid
from bot.sandbox.messages import attachments, posting

# Slack docs, entity.presentDetails: what `error.status` may say.
STATUSES = (
    "restricted",
    "internal_error",
    "not_found",
    "custom",
    "custom_partial_view",
    "timeout",
    "edit_error",
)


@answers("chat.unfurl")
def unfurl(call: Call) -> dict[str, Any]:
    """Put previews below the links of a message."""
    args, workspace = call.args, call.workspace
    for name in ("channel", "ts"):
        if not args[name]:
            raise SlackError(f"missing_{name}")
    if not args["unfurls"] and not args["metadata"]:
        raise SlackError("missing_unfurls")
    channel = workspace.channels.get(args["channel"])
    if channel is None or workspace.app.bot_user_id not in channel.members:
        raise SlackError("cannot_find_channel")
    message = call.message(channel, code="cannot_find_message")
    unfurls, entities = args["unfurls"] or {}, _entities(args["metadata"])
    if not isinstance(unfurls, dict) or not all(isinstance(entry, dict) for entry in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    _check_blocks(unfurls)
    if not any(url in message.get("text", "") for url in {**unfurls, **entities}):
        raise SlackError("cannot_unfurl_url")
    shown = {url: {"from_url": url, "is_app_unfurl": True, **entry} for url, entry in unfurls.items()}
    for url, entity in entities.items():
        # The Work Object is shown instead of the blocks.
        shown[url] = {"from_url": url, "app_unfurl_url": url, "is_app_unfurl": True, "entity": entity}
    previews = list(shown.values())
    attachments.complete(previews, workspace.ids)
    message["attachments"] = previews
    posting.mark_changed(workspace, channel)
    return {}


@answers("entity.presentDetails")
def present_details(call: Call) -> dict[str, Any]:
    """Fill the pane that a person has opened."""
    args, workspace = call.args, call.workspace
    pane = workspace.panes_asked.pop(args["trigger_id"], None)
    try:
        workspace.triggers.check(args["trigger_id"])
    except SlackError as expired:
        raise SlackError("invalid_trigger_id") from expired
    if pane is None:
        raise SlackError("invalid_trigger_id")
    metadata, error = args["metadata"], args["error"]
    if isinstance(error, dict) and error.get("status") in STATUSES:
        pane |= {"error": error}
    elif not isinstance(metadata, dict) or validate.check_entities([metadata]):
        raise SlackError("invalid_metadata")
    elif metadata["external_ref"] != pane["external_ref"]:
        raise SlackError("entity_metadata_does_not_match_trigger")
    else:
        pane |= {"entity": metadata}
    workspace.panes[pane["user"]] = pane
    workspace.revisions.bump("views", users=[pane["user"]])
    return {}


def _entities(metadata: Any) -> dict[str, dict[str, Any]]:
    """The Work Objects by the links that they belong to."""
    if metadata is None:
        return {}
    entities = metadata.get("entities") if isinstance(metadata, dict) else None
    if not isinstance(entities, list):
        raise SlackError("invalid_metadata_format")
    if validate.check_entities(entities) or not all(each.get("app_unfurl_url") for each in entities):
        raise SlackError("error_processing_metadata")
    return {each["app_unfurl_url"]: each for each in entities}


def _check_blocks(unfurls: dict[str, dict[str, Any]]) -> None:
    """Refuse blocks that a message cannot have, and rich text, which this method does not take."""
    for entry in unfurls.values():
        blocks = entry.get("blocks")
        if blocks is not None:
            validate.check_message_blocks(blocks)
            if any(block["type"] == "rich_text" for block in blocks):
                raise invalid(["unsupported type: rich_text [json-pointer:/blocks]"], "invalid_blocks")
