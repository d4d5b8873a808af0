"""Incidents whose postmortem is owed, written, in review or published."""

from datetime import UTC, datetime

from bot import policy_file
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.postmortem_owed import owed_by_policy
from bot.incident.domain.postmortem_sections import PostmortemSection
from tests.incident.domain.situations import BOB, CAROL, after, decided, declared, later

POLICY = policy_file.load()
SUMMARY, IMPACT = PostmortemSection.SUMMARY, PostmortemSection.IMPACT
DUE = datetime(2026, 11, 30, 17, tzinfo=UTC)


def written(
    incident: Incident, text: str = "Half failed", *, by: str = BOB, section: PostmortemSection = SUMMARY
) -> Incident:
    version = incident.postmortem.version(section)
    return after(
        incident, rules.write_section(incident, section, text, based_on=version, by=by, now=later(61))
    )


def over(incident: Incident | None = None) -> Incident:
    """Resolved, with what the policy asks for."""
    incident = incident or declared(commander=BOB)
    ended = decided(rules.resolve(incident, by=BOB, now=later(60)))
    for each in (*ended, *owed_by_policy(incident, ended, POLICY)):
        incident = evolve(incident, each)
    return incident


def in_review(reviewers: int = 1) -> Incident:
    incident = written(over())
    return after(incident, rules.send_to_review(incident, reviewers, by=BOB, now=later(62)))


def approved(incident: Incident, by: str) -> Incident:
    return after(incident, rules.approve_postmortem(incident, by=by, now=later(63)))


def published(incident: Incident | None = None) -> Incident:
    incident = incident or approved(in_review(), CAROL)
    return after(incident, rules.publish_postmortem(incident, 1, by=BOB, now=later(64)))
