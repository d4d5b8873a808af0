"""Near misses, as the machinery needs them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.core.decider import Entry
from bot.engine.acts.acts import Acts
from bot.engine.acts.history import Change, History
from bot.engine.clock.due import DueSource
from bot.engine.delivery.effect_source import EffectSource
from bot.engine.delivery.gathering import preload_nothing
from bot.engine.store.database import Database, Session
from bot.engine.subject import Figure, Subject, SubjectKind
from bot.followup.commands.near_miss_loaded import ALIKE, LIST, OF_FORM, ONE
from bot.followup.dispatch.near_misses import NearMissLoading
from bot.followup.domain import near_miss_facts as facts
from bot.followup.domain.near_miss import NEAR_MISS, NearMiss
from bot.followup.domain.near_miss_effects import Effect
from bot.followup.domain.near_miss_react import react
from bot.followup.domain.policy import near_miss_policy_of
from bot.followup.effects.near_miss_context import gather_for
from bot.followup.effects.near_miss_registry import NEAR_MISS_EFFECTS
from bot.followup.near_miss_due import next_look, record
from bot.followup.reactions import Promotion
from bot.followup.store.near_misses import NEAR_MISSES, waiting_by_lateness
from bot.incident.dispatch.neighbours import Load
from bot.incident.domain.working_days import due_after
from bot.incident.effects.installation import Installation
from bot.incident.store.elsewhere import Reaction

KIND = SubjectKind(
    registry=NEAR_MISS_EFFECTS,
    streams=NEAR_MISSES,
    figures=(
        Figure("warroom_near_misses_waiting", "Near misses without an answer.", "late", waiting_by_lateness),
    ),
    commands=None,  # they are in the same package as those of action items
    routes=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissSubject(Subject):
    """Near misses.

    Attributes:
        loaders: what its handlers name as `loads`.
        declared: what an incident that was a near miss means to it.
    """

    loaders: Mapping[str, Load]
    declared: Reaction


def near_misses_under(installation: Callable[[], Installation]) -> History[NearMiss, facts.Fact]:
    """The history of near misses, under the policy that counts at the time of each act."""
    return History(
        decider=NEAR_MISS,
        kinds=NEAR_MISS_EFFECTS,
        react=react,
        next_look=next_look,
        people_in=_people_in,
        project=_project,
        as_recorded=lambda fact: _with_due_day(fact, installation()),
    )


def make(
    database: Database, installation: Callable[[], Installation], committed: Callable[[], None]
) -> NearMissSubject:
    """Build the subject.

    Args:
        database: where near misses are stored.
        installation: returns policy and channels, as they count now.
        committed: called after each commit that added effects.
    """
    acts = Acts(database, near_misses_under(installation), committed)
    loading = NearMissLoading(database)
    return NearMissSubject(
        acts=acts,
        effect_source=EffectSource(
            registry=NEAR_MISS_EFFECTS,
            acts=acts,
            gather=partial(gather_for, installation),
            preload=preload_nothing,
        ),
        due_source=DueSource(NEAR_MISS_EFFECTS, NEAR_MISSES, record),
        chores=(),
        http_handlers={},
        loaders={
            ONE: loading.one,
            LIST: loading.listed,
            ALIKE: loading.alike,
            OF_FORM: loading.of_form,
        },
        declared=Promotion(acts).declared,
    )


def _with_due_day(fact: facts.Fact, installation: Installation) -> facts.Fact:
    """The fact as it is recorded: the day of the answer is fixed, so that a later policy moves nobody's day."""
    if not isinstance(fact, facts.NearMissReported):
        return fact
    policy, days = installation.policy, near_miss_policy_of(installation.sections).answer_within
    return replace(fact, due_at=due_after(fact.at, days, policy.time_zone, policy.postmortem.is_holiday))


def _people_in(entries: Sequence[Entry[facts.Fact]]) -> list[str]:
    """All people whom these facts name, each once: those who did not want to be named are not there."""
    return list(dict.fromkeys(entry.fact.by for entry in entries if entry.fact.by))


async def _project(_session: Session, _change: Change[NearMiss, facts.Fact]) -> Sequence[Effect]:
    """Nothing is kept beside the streams."""
    return ()
