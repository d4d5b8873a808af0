"""Send somebody the postmortem draft in a direct message, because the incident has no war room."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import SendDraft
from bot.incident.effects import drafting, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views.postmortem_messages import draft_comment
from bot.ports.slack.calls import Call, Post, ShareFile
from bot.ports.slack.port import SLACK


def render(effect: SendDraft, context: RenderContext) -> Call | None:
    """First a message, because Slack shares files by a channel's id only; then the upload; then the file."""
    if not effect.channel:
        return Post(effect.person, draft_comment(context.incident), context.key)
    if file := context.progress.get("file"):
        return ShareFile(effect.channel, file, drafting.title(context), "")
    return drafting.upload(context)


async def delivered(transaction: DeliveryTransaction, effect: SendDraft, receipt: Mapping[str, str]) -> None:
    """Send the file after the message."""
    if receipt and not effect.channel:
        await transaction.put(replace(effect, channel=receipt["channel"]))


HANDLER = Handler(
    effect=SendDraft,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="send somebody the postmortem draft (`warroom postmortem` prints it)",
    warns_if_dead=False,  # there is no war room to warn
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
