"""Commands that race: who tries what, and whether one serial order explains the result."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.decision import Refused
from bot.engine.acts.idempotency import Done
from bot.engine.store.acts import Act
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_owed import owed_by_policy
from bot.incident.domain.roles import DEFAULT_ROLES, titled
from bot.incident.domain.rules import Decision
from bot.incident.domain.vocabulary import Severity, Status
from tests.engine.world import World

Rule = Callable[[Incident], Decision]

PEOPLE = ("UANNA", "UBEN", "UCLEO", "UDORA")


@dataclass
class Attempt:
    """One delivery of one act, and its result.

    Attributes:
        wave: attempts of one wave run at the same time. A wave begins when the one before it has ended.
        saw: the state in which it was decided; None if an earlier delivery had already done it.
    """

    name: str
    act: Act
    rule: Rule
    wave: int = 0
    saw: Incident | None = None
    outcome: Done[Incident] | Refused | None = None

    async def carry_out(self, world: World, number: int) -> None:
        """Carry out the act at this replica."""

        def decide(incident: Incident) -> Decision:
            self.saw = incident
            return self.rule(incident)

        self.outcome = await world.incidents.change(self.act, number, decide)

    @property
    def is_new(self) -> bool:
        """Whether this delivery changed the incident."""
        return isinstance(self.outcome, Done) and not self.outcome.repeated


@dataclass
class AttemptGenerator:
    """Creates random attempts; the same seed gives the same attempts."""

    seed: int
    world: World
    drawn: int = 0

    def __post_init__(self) -> None:
        self._rng = random.Random(self.seed)  # noqa: S311  # repeatable

    def attempt(self, rule: str = "") -> Attempt:
        """One act of a random person; `rule` chooses the kind of act."""
        name = rule or self._rng.choice(list(RULES))
        self.drawn += 1
        skew = timedelta(seconds=self._rng.choice((-60, 0, 60)))  # the replicas' clocks differ
        act = replace(self.world.act(f"{name}-{self.seed}-{self.drawn}"), now=self.world.clock() + skew)
        return Attempt(name, act, RULES[name](self._rng, act))

    def wave(self, size: int) -> list[Attempt]:
        """Attempts that run at the same time; some acts are delivered twice."""
        wave = [self.attempt() for _ in range(size)]
        twice = [Attempt(each.name, each.act, each.rule) for each in self._rng.sample(wave, size // 4)]
        return [*wave, *twice]


def _who(rng: random.Random) -> str:
    return rng.choice(PEOPLE)


def _take(rng: random.Random, act: Act) -> Rule:
    by = _who(rng)
    return lambda incident: rules.take_command(incident, by=by, now=act.now)


def _assign(rng: random.Random, act: Act) -> Rule:
    by, person, role, force = _who(rng), _who(rng), rng.choice(DEFAULT_ROLES.keys), rng.random() < 0.5
    return lambda incident: rules.assign(incident, role, person, by=by, now=act.now, force=force)


def _offer(rng: random.Random, act: Act) -> Rule:
    to = _who(rng)
    # The offer comes from whoever is the commander at that moment: two of them at once are two handoffs.
    return lambda incident: rules.offer_handoff(incident, to, by=incident.commander or to, now=act.now)


def _answer(*, accept: bool) -> Callable[[random.Random, Act], Rule]:
    def drawn(rng: random.Random, act: Act) -> Rule:
        by = _who(rng)
        return lambda incident: rules.answer_handoff(incident, by=by, now=act.now, accept=accept)

    return drawn


def _resolve(rng: random.Random, act: Act) -> Rule:
    by = _who(rng)
    return lambda incident: rules.resolve(incident, by=by, now=act.now, started=incident.declared_at)


def _reopen(rng: random.Random, act: Act) -> Rule:
    by = _who(rng)
    return lambda incident: rules.reopen(incident, "errors are back", by=by, now=act.now)


def _status(rng: random.Random, act: Act) -> Rule:
    by, status = _who(rng), rng.choice(list(Status))
    return lambda incident: rules.change_status(incident, status, by=by, now=act.now)


def _severity(rng: random.Random, act: Act) -> Rule:
    by, severity = _who(rng), rng.choice(list(Severity))
    return lambda incident: rules.change_severity(incident, severity, by=by, now=act.now)


def _update(rng: random.Random, act: Act) -> Rule:
    by = _who(rng)
    return lambda incident: rules.post_update(incident, f"so says {act.id}", by=by, now=act.now)


RULES: dict[str, Callable[[random.Random, Act], Rule]] = {
    "take": _take,
    "assign": _assign,
    "offer": _offer,
    "accept": _answer(accept=True),
    "withdraw": _answer(accept=False),
    "resolve": _resolve,
    "reopen": _reopen,
    "status": _status,
    "severity": _severity,
    "update": _update,
}


def explain(
    first: Incident, happened: Sequence[facts.Fact], attempts: Sequence[Attempt], policy: Policy
) -> Incident:
    """Replay the attempts in the only order that can have led to these facts. Returns the state at the end.

    Args:
        first: the incident before the race.
        happened: everything that was recorded since.
        attempts: everything that was tried.
        policy: adds that a postmortem is owed.

    Raises:
        AssertionError: no serial order explains what happened.
    """
    order = sorted((each for each in attempts if each.is_new), key=_version)
    waves = [each.wave for each in order]
    assert waves == sorted(waves), "something came before what had ended when it began"
    points, state, rest, reached = {first.version: first}, first, list(happened), {-1: first.version}
    for each in order:
        assert each.saw == state, f"{each.name} was decided in a state that never was"
        decided = each.rule(state)
        assert not isinstance(decided, Refused), f"{each.name} was done though the rules refuse it"
        recorded = [
            titled(fact, DEFAULT_ROLES) for fact in (*decided, *owed_by_policy(state, decided, policy))
        ]
        assert rest[: len(recorded)] == recorded, f"{each.name} left something else behind"
        del rest[: len(recorded)]
        for fact in recorded:
            state = evolve(state, fact)
        points[state.version] = state
        reached[each.wave] = state.version
    assert not rest, "something was recorded that nobody did"
    for each in attempts:
        if isinstance(each.outcome, Refused):
            assert each.saw is not None
            assert each.saw == points[each.saw.version], f"{each.name} was refused in a state that never was"
            assert each.rule(each.saw) == each.outcome, f"{each.name} was refused for another reason"
            begun = max(version for wave, version in reached.items() if wave < each.wave)
            ended = max(version for wave, version in reached.items() if wave <= each.wave)
            assert begun <= each.saw.version <= ended, f"{each.name} was refused in another moment's state"
    return state


def _version(attempt: Attempt) -> int:
    assert attempt.saw is not None
    return attempt.saw.version
