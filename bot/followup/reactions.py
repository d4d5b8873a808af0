"""What happens in incidents and matters to action items, and how incidents read them: `app.py` hands these over."""

from collections.abc import Collection, Sequence

from bot.engine.acts.history import Change
from bot.engine.store.database import Session
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.matching import is_about_the_same, words_of
from bot.followup.store import items
from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.effects import Effect, TellOfActionItems
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import reference
from bot.incident.store.elsewhere import ActionItems

TOLD_MAX = 3
WORDS_MAX = 30


async def declared(session: Session, change: Change[Incident, facts.Fact]) -> Sequence[Effect]:
    """A new incident is about what open action items were going to prevent: its war room is told once."""
    incident = change.after.state
    if change.before is not None or incident.without_room:
        return ()
    words = words_of(incident.title, incident.summary)[:WORDS_MAX]
    found = await items.alike(session, change.after.team, words)
    numbers = [each.number for each in found if is_about_the_same(each.title, words)]
    return (TellOfActionItems(tuple(numbers[:TOLD_MAX])),) if numbers else ()


async def of_incidents(session: Session, team: str, numbers: Collection[int]) -> Sequence[ActionLine]:
    """The action items of incidents, for their postmortem drafts."""
    return [_line(each) for each in await items.of_incidents(session, team, numbers)]


async def numbered(session: Session, team: str, numbers: Collection[int]) -> Sequence[ActionLine]:
    """Action items by their numbers, in the order of these."""
    order = list(numbers)
    found = await items.numbered(session, team, order)
    return [_line(each) for each in sorted(found, key=lambda each: order.index(each.item.number))]


def _line(listed: ListedItem) -> ActionLine:
    item = listed.item
    return ActionLine(
        reference=item.reference,
        title=item.title,
        kind=item.kind.value,
        owner=listed.owner_name if listed.has_owner else "",
        due_on=item.due_on,
        state=item.state.value,
        outcome=item.outcome,
        incident=reference(item.incident),
        private=item.private,
        link=item.link,
    )


ACTION_ITEMS = ActionItems(of_incidents=of_incidents, numbered=numbered)
