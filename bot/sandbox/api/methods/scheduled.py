"""chat.scheduleMessage and related methods: messages for later."""

from typing import Any

from bot.sandbox.api import message_content
from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.paging import page
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.state.scheduled import Scheduled

# Slack docs, chat.scheduleMessage: at most 120 days ahead, 30 messages in five minutes of one channel;
# deletion has to come at least a minute before.
FURTHEST = 120 * 24 * 3600
CROWD, CROWD_SECONDS = 30, 300
LAST_MINUTE = 60


@answers("chat.scheduleMessage")
def schedule_message(call: Call) -> dict[str, Any]:
    """Post a message at a given time."""
    workspace, post_at = call.workspace, call.args["post_at"]
    channel = call.channel(member=True)
    if channel.archived:
        raise SlackError("is_archived")
    _check_time(call, channel.id, post_at)
    content = message_content.read(call)
    scheduled_id = workspace.ids.make("Q")
    thread_ts, broadcast = call.args["thread_ts"], bool(call.args["reply_broadcast"])

    def post() -> None:
        del workspace.scheduled[scheduled_id]
        if workspace.app.bot_user_id in channel.members and not channel.archived:
            author = posting.app_author(workspace)
            posting.post(workspace, channel, author, content, thread_ts=thread_ts, broadcast=broadcast)

    timer = workspace.clock.call_later(post_at - workspace.clock.timestamp(), post)
    scheduled = Scheduled(scheduled_id, channel.id, post_at, workspace.seconds(), content, timer)
    workspace.scheduled[scheduled_id] = scheduled
    message = posting.compose(workspace, posting.app_author(workspace), content)
    del message["ts"]
    return {
        "channel": channel.id,
        "scheduled_message_id": scheduled_id,
        "post_at": post_at,
        "message": message,
    }


@answers("chat.deleteScheduledMessage")
def delete_scheduled_message(call: Call) -> dict[str, Any]:
    """Cancel a message, at least a minute before its time."""
    channel = call.channel()
    scheduled = call.workspace.scheduled.get(call.args["scheduled_message_id"])
    if scheduled is None or scheduled.channel != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    if scheduled.post_at - call.workspace.clock.timestamp() < LAST_MINUTE:
        raise SlackError("invalid_scheduled_message_id")
    scheduled.timer.cancel()
    del call.workspace.scheduled[scheduled.id]
    return {}


@answers("chat.scheduledMessages.list")
def list_scheduled_messages(call: Call) -> dict[str, Any]:
    """List the waiting messages, the next one first."""
    args, workspace = call.args, call.workspace
    if args["channel"] and args["channel"] not in workspace.channels:
        raise SlackError("invalid_channel")
    oldest, latest = _moment(args["oldest"], "0"), _moment(args["latest"], "inf")
    waiting = [
        scheduled.to_json()
        for scheduled in sorted(workspace.scheduled.values(), key=lambda s: s.post_at)
        if args["channel"] in {None, scheduled.channel} and oldest <= scheduled.post_at <= latest
    ]
    part, metadata = page(call, waiting)
    return {"scheduled_messages": list(part), "response_metadata": metadata}


def _moment(value: str | None, default: str) -> float:
    try:
        return float(value or default)
    except ValueError as error:
        raise SlackError("invalid_arguments") from error


def _check_time(call: Call, channel_id: str, post_at: int) -> None:
    now = call.workspace.clock.timestamp()
    if post_at <= now:
        raise SlackError("time_in_past")
    if post_at > now + FURTHEST:
        raise SlackError("time_too_far")
    near = [s for s in call.workspace.scheduled.values() if abs(s.post_at - post_at) < CROWD_SECONDS]
    if sum(s.channel == channel_id for s in near) >= CROWD:
        raise SlackError("restricted_too_many")
