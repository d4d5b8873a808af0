"""Action items, as the machinery needs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.core.actor import is_person
from bot.core.decider import Entry
from bot.engine.acts.acts import Acts
from bot.engine.acts.history import Change, History
from bot.engine.clock.due import DueSource
from bot.engine.delivery.effect_source import EffectSource
from bot.engine.delivery.gathering import preload_nothing
from bot.engine.store.database import Database, Session
from bot.engine.subject import Figure, Subject, SubjectKind
from bot.followup import commands
from bot.followup.commands.loaded import LIST, ONE, REHEARSED, REMINDERS, TYPED
from bot.followup.commands.reminders import KEEPS
from bot.followup.dispatch.loading import ItemLoading, duties
from bot.followup.dispatch.preferring import Preferring, keep
from bot.followup.domain import facts
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem
from bot.followup.domain.effects import Effect, ShowInList
from bot.followup.domain.policy import policy_of
from bot.followup.domain.react import react
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.due import Nudges
from bot.followup.effects.gathering import gather_for
from bot.followup.effects.registry import EFFECTS
from bot.followup.store import items, preferences, tracked
from bot.followup.store.items import ITEMS
from bot.incident.dispatch.neighbours import FindDuties, KeepChoice, Load
from bot.incident.effects.installation import Installation

KIND = SubjectKind(
    registry=EFFECTS,
    streams=ITEMS,
    figures=(
        Figure(
            "warroom_action_items_open", "Action items that are not over.", "overdue", items.open_by_overdue
        ),
    ),
    commands=commands,
    routes=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowupSubject(Subject):
    """Action items.

    Attributes:
        keepers: what keeps what people choose for themselves, by the names that its handlers give.
        loaders: what its handlers name as `loads`.
        duties: finds what a person has to do.
    """

    keepers: Mapping[str, KeepChoice]
    loaders: Mapping[str, Load]
    duties: FindDuties


def _people_in(entries: Sequence[Entry[facts.Fact]]) -> list[str]:
    """All people whom these facts name, each once."""
    found = [entry.fact.by for entry in entries if is_person(entry.fact.by)]
    found += [
        entry.fact.owner
        for entry in entries
        if isinstance(entry.fact, (facts.ActionItemAdded, facts.ActionItemAssigned))
    ]
    found += [entry.fact.person for entry in entries if isinstance(entry.fact, facts.VerificationAsked)]
    return list(dict.fromkeys(found))


# After each change the clock looks at once: when something is due depends on the owner's zone, which is in the database.
HISTORY: History[ActionItem, facts.Fact] = History(
    decider=ACTION_ITEM,
    kinds=EFFECTS,
    react=react,
    next_look=lambda item, now: now if item.is_open else None,
    people_in=_people_in,
    project=items.project,
)


def make(
    database: Database, installation: Callable[[], Installation], committed: Callable[[], None]
) -> FollowupSubject:
    """Build the subject.

    Args:
        database: where action items are stored.
        installation: returns policy and channels, as they count now.
        committed: called after each commit that added effects.
    """

    def tracker() -> TrackerPolicy:
        return policy_of(installation().sections).tracker

    async def project(session: Session, change: Change[ActionItem, facts.Fact]) -> Sequence[Effect]:
        policy = tracker()
        effects = [
            *await items.project(session, change),
            *await preferences.project(session, change),
            *await tracked.project(session, change, policy),
        ]
        return [*effects, ShowInList()] if policy.slack_list and not change.after.state.private else effects

    acts = Acts(database, replace(HISTORY, project=project), committed)
    loading = ItemLoading(database, tracker)
    preferring = Preferring(database, lambda: policy_of(installation().sections))
    return FollowupSubject(
        acts=acts,
        effect_source=EffectSource(
            registry=EFFECTS, acts=acts, gather=partial(gather_for, installation), preload=preload_nothing
        ),
        due_source=DueSource(EFFECTS, ITEMS, Nudges(installation).record),
        chores=(),
        http_handlers={},
        loaders={
            ONE: loading.one,
            TYPED: loading.typed,
            REHEARSED: loading.rehearsed,
            LIST: loading.listed,
            REMINDERS: preferring.load,
        },
        keepers={KEEPS: keep},
        duties=duties,
    )
