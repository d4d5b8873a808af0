"""The draft of an incident that was a near miss, and the sentence that says where it came from."""

from dataclasses import replace

import pytest

from bot.core.decision import Refused
from bot.incident.domain import rules
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import draft
from bot.incident.domain.postmortem_policy import DraftTemplate
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.facts import sentence
from tests.incident.domain.drafts import POLICY
from tests.incident.domain.situations import ALICE, NOW

FULL, SHORT, NEAR_MISS = DraftTemplate.FULL, DraftTemplate.SHORT, DraftTemplate.NEAR_MISS


def template(decision: Decision, **chosen: DraftTemplate) -> DraftTemplate:
    """The template of the draft, where the policy names these for severities."""
    assert not isinstance(decision, Refused)
    timeline = [Entry(seq, fact) for seq, fact in enumerate(decision, 1)]
    templates = {Severity[name]: each for name, each in chosen.items()}
    policy = replace(POLICY, postmortem=replace(POLICY.postmortem, templates=templates))
    return draft(fold(decision), timeline, policy, NOW).template


@pytest.mark.parametrize(
    ("severity", "came_from", "expected"),
    [
        (Severity.SEV4, "NM-7", NEAR_MISS),
        (Severity.SEV1, "NM-7", FULL),
        (Severity.SEV4, "", FULL),
    ],
)
def test_one_that_did_no_harm_has_the_template_of_near_misses(
    severity: Severity, came_from: str, expected: DraftTemplate
) -> None:
    declared = rules.declare(
        number=42, title="Wrong flag", severity=severity, by=ALICE, now=NOW, came_from=came_from
    )
    assert template(declared) is expected
    assert template(declared, SEV1=SHORT, SEV4=SHORT) is SHORT


def test_the_timeline_says_where_an_incident_came_from_also_if_it_is_over() -> None:
    past = rules.Past(title="Wrong flag", severity=Severity.SEV4, came_from="NM-7")
    decision = rules.declare_past(past, number=42, by=ALICE, now=NOW)
    assert not isinstance(decision, Refused)
    assert (
        sentence(decision[0]) == f"<@{ALICE}> declared SEV4: Wrong flag, which was NM-7 (it was over already)"
    )
