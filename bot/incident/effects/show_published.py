"""Make a canvas of the published postmortem, which the people of the war room can read, and set its bookmark."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, SetBookmarks, ShowPublished
from bot.incident.domain.incident import Incident
from bot.incident.effects import drafting, lanes
from bot.incident.effects.head import record_refusal
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views import draft_canvas
from bot.incident.views.published_canvas import in_canvas
from bot.ports.slack.calls import Call
from bot.ports.slack.documents import CreateDocument, ShareDocument
from bot.ports.slack.port import SLACK


def render(effect: ShowPublished, context: RenderContext) -> Call | None:
    """First the canvas, which nobody sees; then the access. None if a later version is published, or no canvas allowed."""
    incident, progress, policy = context.incident, context.progress, context.installation.policy
    is_refused = header.DRAFT_CANVAS in context.refused_features
    if incident.postmortem.published != effect.version or is_refused or not policy.canvas:
        return None
    if canvas := progress.get("canvas"):
        return ShareDocument(context.room, canvas, "read", {"link": context.canvas_address(canvas)})
    title = draft_canvas.title(incident, published=True)
    return CreateDocument(context.room, title, in_canvas(drafting.text(context)))


async def delivered(
    transaction: DeliveryTransaction, effect: ShowPublished, receipt: Mapping[str, str]
) -> None:
    """Keep its address for the bookmark. If Slack makes none, the file has all of it, and doctor says why."""
    if not receipt:
        return
    row = transaction.row
    if why := receipt.get("failed") or receipt.get("gone"):
        await header.put(transaction.session, row.team_id, row.stream_id, header.PUBLISHED, error=why)
        return
    if await record_refusal(transaction, header.DRAFT_CANVAS, receipt):
        return
    incident: Incident = (await transaction.stored()).state
    if incident.postmortem.published == effect.version:
        await header.put(
            transaction.session, row.team_id, row.stream_id, header.PUBLISHED, item=receipt.get("link", "")
        )
        await transaction.put(SetBookmarks())


HANDLER = Handler(
    effect=ShowPublished,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="make a canvas of the published postmortem",
    warns_if_dead=False,
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.HEAD | Reads.TIMELINE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
