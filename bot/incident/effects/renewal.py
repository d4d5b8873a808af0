"""What follows from a new policy for the incidents that are open: the clock looks at them at once, and cards are shown anew."""

from collections.abc import Callable
from datetime import datetime

from bot.engine.store import due_streams, outbox
from bot.engine.store.database import Database
from bot.incident.domain.announcing import channels_for
from bot.incident.domain.effects import Announce, AnnounceIn, Effect, SetBookmarks, ShowCanvas, ShowCard
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.effects.registry import EFFECTS
from bot.incident.store import incidents
from bot.incident.views import card


class Renewal:
    """Notices at each tick whether the policy was replaced. If the database fails, the next tick does it again.

    Args:
        database: where incidents are stored.
        policy: returns the policy that counts now.
        team: the workspace.
        committed: called if effects were added.
    """

    def __init__(
        self, database: Database, policy: Callable[[], Policy], team: str, committed: Callable[[], None]
    ) -> None:
        self._database = database
        self._policy = policy
        self._team = team
        self._committed = committed
        self._followed = policy()

    async def tick(self, now: datetime) -> None:
        """Do what follows from a new policy, if there is one."""
        policy = self._policy()
        if policy == self._followed:
            return
        async with self._database.writing() as session:
            found = await incidents.lock_open(session, self._team)
            await due_streams.set_next_looks(session, {stored.id: now for stored in found})
            effects = [
                (self._team, stored.id, effect)
                for stored in found
                for effect in _changed(stored.state, self._followed, policy)
            ]
            await outbox.put_all(session, EFFECTS, effects, now)
        self._followed = policy
        if effects:
            self._committed()


def _changed(incident: Incident, before: Policy, after: Policy) -> list[Effect]:
    """What must be shown anew, because it says something else under the new policy."""
    effects: list[Effect] = []
    says_otherwise = card.card(incident, before) != card.card(incident, after)
    if says_otherwise:
        effects.append(ShowCard())
    if after.canvas and (says_otherwise or not before.canvas):
        effects.append(ShowCanvas())
    if before.bookmarks != after.bookmarks:
        effects.append(SetBookmarks())
    if not incident.private and _announced(incident, before) != _announced(incident, after):
        there = channels_for(incident, before.announce)  # a channel that is new begins with the next change
        stay = [each for each in channels_for(incident, after.announce) if each in there]
        effects += [Announce(), *(AnnounceIn(each) for each in stay)]
    return effects


def _announced(incident: Incident, policy: Policy) -> object:
    return card.announcement(incident, policy, None)
