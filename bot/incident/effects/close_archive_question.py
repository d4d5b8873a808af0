"""Edit the question whether to archive the war room, because it stays open."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CloseArchiveQuestion, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import archiving
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: CloseArchiveQuestion, context: RenderContext) -> Call | None:
    """The edit, if there is a question."""
    place = context.places.get(Place.ARCHIVE_QUESTION)
    if place is None:
        return None
    answered = archiving.answered(context.incident, context.installation.policy, context.required_entry.fact)
    return Edit(place.channel, place.ts, answered)


async def delivered(
    transaction: DeliveryTransaction, _effect: CloseArchiveQuestion, _receipt: Mapping[str, str]
) -> None:
    """Forget the question: the next one is another message."""
    await posting.forget(transaction, Place.ARCHIVE_QUESTION)


async def replaced(transaction: DeliveryTransaction, _effect: CloseArchiveQuestion) -> bool:
    """Forget it, too, if somebody has deleted it; nothing is posted instead."""
    await posting.forget(transaction, Place.ARCHIVE_QUESTION)
    return False


HANDLER = Handler(
    effect=CloseArchiveQuestion,
    port=SLACK,
    lane=lanes.ROOM,  # behind the question
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="mark the question about archiving as answered",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
