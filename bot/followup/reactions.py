"""What happens in incidents and matters to follow-up, and how incidents read action items: `app.py` hands these over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from bot.engine.acts.acts import Acts
from bot.engine.acts.history import Change
from bot.engine.store.database import Session
from bot.followup.domain import near_miss_facts, near_miss_rules
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.matching import is_about_the_same, words_of
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_listing import named
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
    """A new incident is about what open action items were going to prevent: its war room is told once, unless in a drill."""
    incident = change.after.state
    if change.before is not None or incident.without_room or incident.is_drill:
        return ()
    words = words_of(incident.title, incident.summary)[:WORDS_MAX]
    found = await items.alike(session, change.after.team, words)
    numbers = [each.number for each in found if is_about_the_same(each.title, words)]
    return (TellOfActionItems(tuple(numbers[:TOLD_MAX])),) if numbers else ()


@dataclass(frozen=True, slots=True)
class Promotion:
    """An incident that was a near miss: the near miss remembers which one it became.

    Attributes:
        acts: the only writer of near misses.
    """

    acts: Acts[NearMiss, near_miss_facts.Fact]

    async def declared(self, session: Session, change: Change[Incident, facts.Fact]) -> Sequence[Effect]:
        """Record it in the transaction of the declaration. Of a private incident nothing is recorded: all would read it."""
        incident, first = change.after.state, change.entries[0].fact
        if change.before is not None or incident.private or not isinstance(first, facts.Declared):
            return ()
        number = named(first.came_from)
        stored = await self.acts.streams.lock(session, change.after.team, number) if number else None
        if stored is not None:
            rule = partial(
                near_miss_rules.promote, incident=incident.number, by=incident.declared_by, now=change.now
            )
            # If it is refused, it became another incident already, or was taken back: this one is needed all the same.
            await self.acts.move(session, stored, rule, change.now)
        return ()


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
