"""Tell somebody who has joined the war room, and nobody else, how it stands and what is needed.

It is a direct message and not an ephemeral one in the war room: Slack shows an ephemeral message only to people who are
active at that moment, and it is gone at their next start. Many who join were called, and look later.
"""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.people import person_row
from bot.engine.store import people
from bot.incident.domain.effects import BriefNewcomer, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import newcomer
from bot.ports.slack.calls import Call, FetchPerson, Post
from bot.ports.slack.port import SLACK


def render(effect: BriefNewcomer, context: RenderContext) -> Call | None:
    """The message, or first the question who they are: an app is told nothing.

    People with a role and the declarer know how it stands. Whoever has left again must not learn more.
    """
    person, incident = effect.person, context.incident
    knows = person == incident.declared_by or bool(incident.roles_of(person))
    if incident.is_closed or knows or not context.is_in(person):
        return None
    if context.person is None:
        return FetchPerson(person)
    if context.person.is_bot:
        return None
    message = newcomer.catchup(
        incident,
        context.installation.policy,
        context.now,
        channel=context.room,
        card=context.address(Place.CARD),
    )
    return Post(person, message, context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: BriefNewcomer, receipt: Mapping[str, str]
) -> None:
    """If it was only asked who they are, store the answer; the message is next."""
    if "name" in receipt:
        row = person_row(transaction.row.team_id, effect.person, receipt, transaction.now)
        await people.remember(transaction.session, row)
        await transaction.put(effect)


HANDLER = Handler(
    effect=BriefNewcomer,
    port=SLACK,
    lane=lanes.NEWCOMERS,  # apart from the others: many may join at once, and a commander must not wait for them
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="tell somebody who has joined how it stands",
    warns_if_dead=False,  # nobody misses it: the card shows the state, and `/incident catchup` says it again
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE | Reads.PERSON,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
