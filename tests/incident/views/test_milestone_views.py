"""Milestones, and praise for a lowered severity, as people read them."""

import pytest

from bot.core.text import when
from bot.incident.domain import facts
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Severity
from bot.incident.views import messages, milestones
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import ALICE, BOB, NOW, declared, later
from tests.incident.views.reading import buttons, said


def told(fact: facts.Fact) -> str:
    return said(messages.fact_message(Entry(7, fact), declared(), {BOB: "Bob"}))


def recorded(milestone: Milestone = Milestone.STARTED, **more: object) -> facts.MilestoneSet:
    return facts.MilestoneSet(at=NOW, by=BOB, milestone=milestone, when=later(-5), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("milestone", "words"),
    [
        (Milestone.STARTED, "Impact started"),
        (Milestone.DETECTED, "Impact was detected"),
        (Milestone.ACKNOWLEDGED, "The incident was acknowledged"),
        (Milestone.MITIGATED, "Impact was mitigated"),
        (Milestone.RESOLVED, "The incident was resolved"),
    ],
)
def test_a_recorded_time_is_told_in_a_sentence(milestone: Milestone, words: str) -> None:
    assert told(recorded(milestone)) == f":stopwatch: {words} {when(later(-5))} (recorded by Bob)"


def test_a_correction_says_the_old_time_and_who_had_set_it() -> None:
    corrected = recorded(old=later(-9), old_by=ALICE, reason="error graph")
    assert sentence(corrected) == (
        f"Impact started {when(later(-5))}: error graph; until now this said {when(later(-9))}, "
        f"set by <@{ALICE}> (corrected by <@{BOB}>)"
    )


def test_a_correction_of_a_time_that_nobody_has_set_names_nobody() -> None:
    assert f"said {when(later(-9))} (corrected" in sentence(recorded(old=later(-9)))


def test_a_code_block_in_the_reason_is_closed() -> None:
    assert sentence(recorded(reason="```log")).endswith(f"```log``` (recorded by <@{BOB}>)")


def test_the_overview_has_all_of_them_and_a_button() -> None:
    shown = milestones.overview(declared())
    assert said(shown).count("not known") == 5
    assert buttons(shown)["milestone"]["value"] == "42"


def test_a_lowered_severity_is_praised_in_the_room_and_not_on_the_timeline() -> None:
    lowered = facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV1, new=Severity.SEV2, reason="EU only")
    assert told(lowered).endswith(
        "Severity lowered from SEV1 to SEV2: EU only (by Bob) *Good news, thank you.*"
    )
    assert sentence(lowered) == f"Severity lowered from SEV1 to SEV2: EU only (by <@{BOB}>)"


def test_a_raised_severity_is_not_praised() -> None:
    raised = facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV2, new=Severity.SEV1)
    assert told(raised).endswith("Severity raised from SEV2 to SEV1 (by Bob)")


def test_the_answers_about_the_impact_are_on_the_timeline() -> None:
    answered = facts.SeverityChanged(
        at=NOW,
        by=BOB,
        old=Severity.SEV2,
        new=Severity.SEV1,
        reason="see ```log",
        impact=("Who is affected? Customers", "How many of them? Many"),
    )
    assert sentence(answered) == (
        "Severity raised from SEV2 to SEV1: see ```log``` — Who is affected? Customers; How many of them? Many "
        f"(by <@{BOB}>)"
    )
