"""Tell one subscriber, and nobody else, of the facts of an act."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.people import person_row
from bot.engine.store import people
from bot.incident.domain.effects import TellSubscriber
from bot.incident.domain.subscriptions import is_told_in_room
from bot.incident.effects import lanes, remembering, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, FetchPerson, Post
from bot.ports.slack.port import SLACK


def render(effect: TellSubscriber, context: RenderContext) -> Call | None:
    """The message, or first the question who they are.

    Whether they still follow the incident, still have an account and may still see it is checked here, at the last moment.
    Whoever did it knows it. Whoever follows a severity and is in the war room reads it there; but who has subscribed to
    this one incident has asked for the message, wherever they are: they may have muted the war room.
    """
    person, follows = effect.person, context.follows
    if not follows.hears_of(context.incident) or all(entry.fact.by == person for entry in context.act):
        return None
    if context.person is None:
        return FetchPerson(person)
    if not context.person.is_active or context.person.is_bot or not context.may_see(context.person):
        return None
    reads_it_there = context.is_in(person) and any(is_told_in_room(entry.fact) for entry in context.act)
    if reads_it_there and context.incident.number not in follows.incidents:
        return None
    return Post(person, telling.to_subscriber(context), context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: TellSubscriber, receipt: Mapping[str, str]
) -> None:
    """Store where the message is; if it was only asked who they are, store the answer, and the message is next."""
    if "name" not in receipt:
        await remembering.told_by_message(transaction, effect, receipt)
        return
    row = person_row(transaction.row.team_id, effect.person, receipt, transaction.now)
    await people.remember(transaction.session, row)
    await transaction.put(effect)


HANDLER = Handler(
    effect=TellSubscriber,
    port=SLACK,
    lane=lanes.SUBSCRIBERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody who follows the incident",
    warns_if_dead=False,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE | Reads.PERSON,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
