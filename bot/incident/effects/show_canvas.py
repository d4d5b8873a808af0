"""Bring the canvas of the war room up to date, one section after another.

What changes within a few seconds is shown together: the lane has a pause. So Slack, which tells the channel now and then
that its canvas was changed, has little to tell.
"""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, ShowCanvas
from bot.incident.effects import lanes
from bot.incident.effects.head import record_refusal
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views import canvas
from bot.ports.slack.calls import Call, CreateCanvas, EditCanvas
from bot.ports.slack.port import SLACK


def render(_effect: ShowCanvas, context: RenderContext) -> Call | None:
    """The whole canvas, or the next section that shows something else than the state.

    None if all is shown, if somebody has deleted the canvas, or if the workspace allows none.
    """
    if header.CANVAS in context.refused_features:
        return None
    incident = context.incident
    sections = canvas.sections(incident, context.timeline, context.installation.policy, context.names)
    known = context.head.get(header.CANVAS)
    if known is None:
        return CreateCanvas(context.room, canvas.title(incident), sections)
    for each in sections:
        shown = context.head.get(f"{header.OF_SECTION}{each.name}")
        if known.item and (shown is None or shown.digest != each.digest):
            return EditCanvas(context.room, known.item, each)
    return None


async def delivered(transaction: DeliveryTransaction, effect: ShowCanvas, receipt: Mapping[str, str]) -> None:
    """Store what is shown now; the next section follows at once."""
    if not receipt or await record_refusal(transaction, header.CANVAS, receipt):
        return
    session, team, stream_id = transaction.session, transaction.row.team_id, transaction.row.stream_id
    if gone := receipt.get("gone"):
        await header.put(session, team, stream_id, header.CANVAS, error=gone)
        return
    if "id" in receipt:
        await header.put(session, team, stream_id, header.CANVAS, item=receipt["id"])
    for name in canvas.NAMES:
        if name in receipt:
            item = f"{header.OF_SECTION}{name}"
            error = receipt.get("failed", "")
            await header.put(session, team, stream_id, item, digest=receipt[name], error=error)
    await transaction.put(effect, at_once=True)


HANDLER = Handler(
    effect=ShowCanvas,
    port=SLACK,
    lane=lanes.CANVAS,
    needs=Place.CARD,
    max_wait=None,
    coalesces=True,
    what="show the canvas of the war room",
    warns_if_dead=False,  # nobody misses it: the card and `/incident timeline` have all of it
    latest_only=True,
    combine=None,
    lengthy=True,
    reads=Reads.HEAD | Reads.TIMELINE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
