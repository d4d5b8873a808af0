"""Put the stored text of a section into the canvas of the postmortem, in place of the one that is known to be there."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import facts
from bot.incident.domain.canvas_texts import mark
from bot.incident.domain.effects import Place, WriteDraftSection
from bot.incident.effects import lanes
from bot.incident.effects.draft_canvas import Known, fail, known, remember_all
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views import canvas_reading, draft_canvas
from bot.ports.slack.calls import Call
from bot.ports.slack.documents import WriteDocumentPart
from bot.ports.slack.port import SLACK


def render(effect: WriteDraftSection, context: RenderContext) -> Call | None:
    """The edit; None if the canvas is gone, or if it is not known what stands there: then it is left alone."""
    document, section = context.incident.postmortem, effect.section
    old = _old(effect, context)
    if not document.canvas or old is None:
        return None
    text = document.text(section)
    has = Known(document.version(section), canvas_reading.mark_of(section, text, context.names))
    parts = draft_canvas.pieces(draft_canvas.body(section, text, context.names))
    return WriteDocumentPart(
        context.room, document.canvas, section.headline, old, parts, {section.value: has.written}
    )


def _old(effect: WriteDraftSection, context: RenderContext) -> list[str] | None:
    """The lines that stand there; None if that is not known."""
    section, has = effect.section, known(context.head, effect.section)
    if has is None:
        return None
    if not has.mark:
        return [section.question]
    for entry in reversed(context.timeline):
        fact = entry.fact
        if isinstance(fact, facts.PostmortemSectionWritten | facts.PostmortemCanvasDiffers):
            shown = canvas_reading.as_read(section, fact.text, context.names)
            if fact.section is section and has.mark in (mark(fact.text), mark(shown)):
                return shown.splitlines()
    return None


async def delivered(
    transaction: DeliveryTransaction, effect: WriteDraftSection, receipt: Mapping[str, str]
) -> None:
    """Store what the canvas has now. What was not written is told by doctor: the next take-over compares anew."""
    if why := receipt.get("failed") or receipt.get("refused") or receipt.get("gone"):
        row = transaction.row
        head = (await header.items(transaction.session, [row.stream_id])).get(row.stream_id, {})
        await fail(transaction, effect.section, known(head, effect.section), why)
        return
    await remember_all(transaction, receipt)


HANDLER = Handler(
    effect=WriteDraftSection,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="put a section into the canvas of the postmortem",
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
