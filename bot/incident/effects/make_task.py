"""Read a message that somebody marked with a reaction, and make it a task."""

from collections.abc import Mapping
from functools import partial

from bot.core.text import clip
from bot.core.tokens import in_words
from bot.core.tokens import people as people_in
from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import people
from bot.incident.domain import rules
from bot.incident.domain.effects import MakeTask, Place
from bot.incident.effects import lanes, read_message
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, FetchMessage
from bot.ports.slack.port import SLACK


def render(effect: MakeTask, _context: RenderContext) -> Call | None:
    """The request for the message."""
    return FetchMessage(effect.channel, effect.ts)


async def delivered(transaction: DeliveryTransaction, effect: MakeTask, receipt: Mapping[str, str]) -> None:
    """Add it to the tasks, with the people whom it mentions by name: nobody is notified of being named in a task."""
    if not receipt:
        return
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    said = read_message.text_of(receipt)
    known = await people.known(session, stored.team, people_in(said))
    text = " ".join(in_words(said, {person: row.name for person, row in known.items()}).split())
    add = partial(rules.add_task, text=clip(text, rules.TASK_MAX), link=receipt.get("link", ""))
    await transaction.acts.move(session, stored, partial(add, by=effect.by, now=now), now)


HANDLER = Handler(
    effect=MakeTask,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="read the message that is to become a task",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=read_message.died,
)
