"""Read the canvas in which people write the postmortem, and take over what they wrote."""

from collections.abc import Mapping
from functools import partial

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store.streams import Stored
from bot.engine.store.tables import HeadItemRow
from bot.incident.domain import rules
from bot.incident.domain.canvas_texts import mark, normal
from bot.incident.domain.effects import Place, ReadDraftCanvas, WriteDraftSection
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.rules import FoundInCanvas
from bot.incident.effects import lanes
from bot.incident.effects.draft_canvas import NOT_KNOWN, Known, known, remember
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import header
from bot.incident.views import canvas_reading
from bot.ports.slack.calls import Call
from bot.ports.slack.documents import FetchDocument
from bot.ports.slack.port import SLACK

REFRESH = "refresh"


def render(_effect: ReadDraftCanvas, context: RenderContext) -> Call | None:
    """The request for the canvas; None if the postmortem goes on without it."""
    canvas = context.incident.postmortem.canvas
    return FetchDocument(context.room, canvas) if canvas else None


async def delivered(
    transaction: DeliveryTransaction, effect: ReadDraftCanvas, receipt: Mapping[str, str]
) -> None:
    """Take over what people wrote, then do what is wanted; and put into the canvas what has become new beside it."""
    if not receipt:
        return
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    if "content" not in receipt:
        problem = "gone" if "gone" in receipt else receipt.get("refused") or receipt["failed"]
        if effect.wanted != REFRESH:
            unreadable = partial(
                rules.canvas_unreadable, problem=problem, wanted=effect.wanted, by=effect.by, now=now
            )
            await transaction.acts.move(session, stored, unreadable, now)
        return
    read = canvas_reading.read(receipt["content"])
    head = (await header.items(session, [stored.id])).get(stored.id, {})
    found = {each: _found(head, each, text) for each, text in read.sections.items()}
    if effect.wanted != REFRESH:
        stored = await _take(transaction, effect, stored, found, read.headings)
    for section, each in found.items():
        if stale := await _after(transaction, stored.state, section, each):
            await transaction.put(stale)


def _found(head: Mapping[str, HeadItemRow], section: PostmortemSection, text: str) -> FoundInCanvas:
    has = known(head, section)
    return FoundInCanvas(
        text, has.version if has else NOT_KNOWN, is_untouched=has is not None and has.mark == mark(text)
    )


async def _take(
    transaction: DeliveryTransaction,
    effect: ReadDraftCanvas,
    stored: Stored[Incident],
    found: Mapping[PostmortemSection, FoundInCanvas],
    headings: str,
) -> Stored[Incident]:
    """Take over by the rule. What became a version or a question is known to be in the canvas from now on."""
    before = stored.state.postmortem
    take = partial(
        rules.take_from_canvas,
        found=found,
        headings=headings,
        wanted=effect.wanted,
        reviewers=effect.reviewers,
        by=effect.by,
        now=transaction.now,
    )
    await transaction.acts.move(transaction.session, stored, take, transaction.now)
    stored = await transaction.stored()
    after = stored.state.postmortem
    for section, each in found.items():
        is_taken = after.version(section) != before.version(section)
        is_asked = section in after.differing and after.differing[section] != before.differing.get(section)
        if is_taken or is_asked:
            await remember(transaction, section, Known(after.version(section), mark(each.text)))
    return stored


async def _after(
    transaction: DeliveryTransaction, incident: Incident, section: PostmortemSection, found: FoundInCanvas
) -> WriteDraftSection | None:
    """What puts the stored text into the canvas, if nobody has changed it there and it is an older one."""
    document = incident.postmortem
    version, text = document.version(section), document.text(section)
    if normal(found.text) == normal(text):
        await remember(transaction, section, Known(version, mark(found.text)))
        return None
    is_older = found.is_untouched and 0 <= found.based_on < version and section not in document.differing
    return WriteDraftSection(section) if is_older and document.canvas else None


HANDLER = Handler(
    effect=ReadDraftCanvas,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read the canvas of the postmortem",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
