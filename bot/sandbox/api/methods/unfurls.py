"""chat.unfurl: previews of links."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import attachments, posting


@answers("chat.unfurl")
def unfurl(call: Call) -> dict[str, Any]:
    """Put previews below the links of a message."""
    args, workspace = call.args, call.workspace
    for name in ("channel", "ts", "unfurls"):
        if not args[name]:
            raise SlackError(f"missing_{name}")
    channel = workspace.channels.get(args["channel"])
    if channel is None or workspace.app.bot_user_id not in channel.members:
        raise SlackError("cannot_find_channel")
    message = call.message(channel, code="cannot_find_message")
    unfurls = args["unfurls"]
    if not isinstance(unfurls, dict) or not all(isinstance(entry, dict) for entry in unfurls.values()):
        raise SlackError("invalid_unfurls_format")
    if not any(url in message.get("text", "") for url in unfurls):
        raise SlackError("cannot_unfurl_url")
    previews = [{"from_url": url, "is_app_unfurl": True, **entry} for url, entry in unfurls.items()]
    attachments.complete(previews, workspace.ids)
    message["attachments"] = previews
    posting.mark_changed(workspace, channel)
    return {}
