"""Make a canvas with the sections of the postmortem, and share it with the war room and nobody else."""

from collections.abc import Mapping
from functools import partial

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import rules
from bot.incident.domain.effects import OpenDraftCanvas, Place
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.effects import lanes
from bot.incident.effects.draft_canvas import Known, remember_all
from bot.incident.effects.head import record_refusal
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views import canvas_reading, draft_canvas
from bot.ports.slack.calls import Call
from bot.ports.slack.documents import CreateDocument, ShareDocument
from bot.ports.slack.port import SLACK


def render(_effect: OpenDraftCanvas, context: RenderContext) -> Call | None:
    """First the canvas, which nobody sees; then, with its id, the access. None if there is one already."""
    incident, progress = context.incident, context.progress
    if incident.postmortem.canvas:
        return None
    if canvas := progress.get("canvas"):
        marks = {name: value for name, value in progress.items() if name != "canvas"}
        return ShareDocument(context.room, canvas, "write", marks | {"link": context.canvas_address(canvas)})
    return CreateDocument(
        context.room,
        draft_canvas.title(incident),
        draft_canvas.document(incident, context.names),
        {each.value: _has(context, each).written for each in PostmortemSection},
    )


def _has(context: RenderContext, section: PostmortemSection) -> Known:
    document = context.incident.postmortem
    mark = canvas_reading.mark_of(section, document.text(section), context.names)
    return Known(document.version(section), mark)


async def delivered(
    transaction: DeliveryTransaction, effect: OpenDraftCanvas, receipt: Mapping[str, str]
) -> None:
    """Record the canvas, or that Slack makes none."""
    if not receipt:
        return
    reason = receipt.get("gone") or receipt.get("failed") or receipt.get("refused", "")
    if "id" in receipt or "refused" in receipt:
        await record_refusal(transaction, header.DRAFT_CANVAS, receipt)
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    if reason:
        refused = partial(rules.canvas_refused, problem=reason, by=effect.by, now=now)
        await transaction.acts.move(session, stored, refused, now)
        return
    await remember_all(transaction, receipt)
    opened = partial(
        rules.canvas_opened, canvas=receipt["id"], link=receipt.get("link", ""), by=effect.by, now=now
    )
    await transaction.acts.move(session, stored, opened, now)


HANDLER = Handler(
    effect=OpenDraftCanvas,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="make a canvas for the postmortem",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
