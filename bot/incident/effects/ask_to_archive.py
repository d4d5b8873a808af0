"""Ask the war room whether to keep it, a day before it is archived."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.archiving import ASKED_BEFORE, archive_at, ask_at
from bot.incident.domain.effects import AskToArchive, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import archiving
from bot.ports.slack.calls import Call, FindPosted, Post
from bot.ports.slack.port import SLACK


def render(effect: AskToArchive, context: RenderContext) -> Call | None:
    """The question, unless somebody has answered it or the incident is open again meanwhile."""
    incident, policy = context.incident, context.installation.policy
    at = archive_at(incident, policy)
    if at is None or ask_at(incident, policy) != effect.slot:
        return FindPosted(context.room, context.key) if context.doubt else None
    ends = max(at, (context.wanted_at or context.now) + ASKED_BEFORE)
    return Post(context.room, archiving.question(incident, ends), context.key)


async def delivered(
    transaction: DeliveryTransaction, _effect: AskToArchive, receipt: Mapping[str, str]
) -> None:
    """Store the place of the question, so that it can be closed."""
    await posting.remember(transaction, Place.ARCHIVE_QUESTION, receipt)


HANDLER = Handler(
    effect=AskToArchive,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="ask whether to archive the channel",
    warns_if_dead=False,  # an archived room needs no question, and its archiving warns by itself
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
