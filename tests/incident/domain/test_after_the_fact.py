"""An incident that was over before anybody declared it."""

from datetime import datetime

import pytest

from bot.incident.domain import rules
from bot.incident.domain.effects import Announce, OpenRoom, TellRoom
from bot.incident.domain.facts import Declared, Fact, MilestoneSet
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.react import react_all
from bot.incident.domain.rules import Past
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from bot.incident.views.card import shown
from bot.incident.views.facts import sentence
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import ALICE, NOW, after, decided, later, refused
from tests.incident.views.reading import said


def past(**given: object) -> Past:
    usual: dict[str, object] = {"title": "Mail was late", "severity": Severity.SEV2}
    return Past(**(usual | given))  # type: ignore[arg-type]


def recorded(**given: object) -> tuple[Fact, ...]:
    return decided(rules.declare_past(past(**given), number=12, by=ALICE, now=NOW))


def entries(*happened: Fact) -> list[Entry]:
    return [Entry(seq, each) for seq, each in enumerate(happened, 1)]


def over(**given: object) -> Incident:
    return fold(recorded(**given))


def test_it_is_resolved_with_its_own_times_and_nothing_is_shown_in_slack() -> None:
    happened = recorded(
        summary="A queue was full", fix="More workers", started=later(-300), detected=later(-280),
        mitigated=later(-200), resolved=later(-100),
    )  # fmt: skip
    incident = fold(happened)
    assert incident.status is Status.RESOLVED
    assert incident.without_room
    assert incident.milestones == {
        Milestone.DECLARED: NOW,
        Milestone.STARTED: later(-300),
        Milestone.DETECTED: later(-280),
        Milestone.MITIGATED: later(-200),
        Milestone.RESOLVED: later(-100),
    }
    assert sentence(happened[0]) == f"<@{ALICE}> declared SEV2: Mail was late (it was over already)"
    assert all(each.old is None for each in happened if isinstance(each, MilestoneSet))
    assert react_all(entries(*happened), incident) == ()
    assert "It has no war room: it was over" in said(shown(incident, POLICY, ""))


def test_only_the_title_is_needed() -> None:
    incident = over()
    assert incident.milestones[Milestone.RESOLVED] == incident.milestones[Milestone.MITIGATED] == NOW
    ended = over(resolved=later(-60))
    assert ended.milestones[Milestone.MITIGATED] == later(-60)


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"title": " "}, "title", "in a few words"),
        ({"summary": "x" * 2501}, "summary", "at most 2500 fit"),
        ({"fix": "x" * 2501}, "fix", "at most 2500 fit"),
        ({"resolved": later(1)}, "mitigated", "cannot be in the future"),
        ({"mitigated": later(-5), "resolved": later(-10)}, "resolved", "cannot be before the mitigation"),
        ({"started": later(-5), "resolved": later(-10)}, "started", "cannot be after the mitigation"),
        ({"started": later(-50), "detected": later(-60)}, "detected", "cannot be before the start of impact"),
    ],
)
def test_an_impossible_order_is_refused_at_its_field(given: dict[str, object], field: str, why: str) -> None:
    no = refused(rules.declare_past(past(**given), number=12, by=ALICE, now=NOW))
    assert (no.field, no.unless_sure) == (field, False)
    assert why in no.message


def test_a_time_of_last_year_is_taken() -> None:
    started = datetime.fromisoformat("2025-11-01T00:00:00+00:00")
    assert over(started=started).milestones[Milestone.STARTED] == started


def test_what_is_added_later_waits_for_no_war_room() -> None:
    incident = over()
    noted = decided(rules.note(incident, "A dashboard showed it", by=ALICE, now=NOW))
    assert react_all(entries(*noted), after(incident, noted)) == ()


def test_if_it_comes_back_it_gets_a_war_room_and_is_announced() -> None:
    incident = over()
    happened = decided(rules.reopen(incident, "It is back", by=ALICE, now=NOW))
    assert sentence(happened[1]) == f"War room asked for (by <@{ALICE}>)"
    now = after(incident, happened)
    assert not now.without_room
    effects = react_all(entries(*recorded(), *happened)[-2:], now)
    assert {OpenRoom(), Announce()} <= set(effects)
    assert any(isinstance(each, TellRoom) for each in effects)
    assert not any(isinstance(each, Declared) for each in happened)
