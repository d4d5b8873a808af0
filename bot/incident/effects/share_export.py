"""Send somebody the timeline as a file, in a direct message."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import ShareExport
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import exports
from bot.ports.slack.calls import Call, Post, ShareFile, UploadFile
from bot.ports.slack.port import SLACK


def render(effect: ShareExport, context: RenderContext) -> Call | None:
    """First a message, because Slack shares files by a channel's id only; then the upload; then the file.

    Nothing for somebody who has left the war room of a private incident meanwhile.
    """
    incident = context.incident
    if incident.private and context.has_left(effect.person):
        return None
    if not effect.channel:
        return Post(effect.person, exports.comment(incident, context.timeline), context.key)
    if file := context.progress.get("file"):
        return ShareFile(effect.channel, file, f"{incident.reference} timeline", "")
    content = exports.export(incident, context.timeline, context.names, effect.form, context.now)
    return UploadFile(exports.filename(incident, effect.form), content)


async def delivered(
    transaction: DeliveryTransaction, effect: ShareExport, receipt: Mapping[str, str]
) -> None:
    """Send the file after the message."""
    if receipt and not effect.channel:
        await transaction.put(replace(effect, channel=receipt["channel"]))


HANDLER = Handler(
    effect=ShareExport,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="send somebody the timeline (`warroom timeline` prints it)",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE | Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
