"""What follows from an issue, and who may ask for one."""

from dataclasses import replace

import pytest

from bot.core.decider import Entry
from bot.core.decision import Refused
from bot.followup.domain import facts, rules, tracking
from bot.followup.domain.action_item import ActionItem, evolve
from bot.followup.domain.react import react
from bot.followup.domain.tracking import TrackedIssue, TrackerPolicy
from bot.followup.domain.vocabulary import State
from tests.followup.domain.items import item
from tests.incident.domain.situations import ALICE, NOW

LINK = "https://github.com/acme/checkout/issues/1"
GITHUB = tracking.actor("github")
POLICY = TrackerPolicy(tracker="github", place="acme/checkout")


def over() -> ActionItem:
    """It is done."""
    (fact,) = rules.finish(item(), "see PR 7", by=ALICE, now=NOW)  # type: ignore[misc]  # it is no refusal
    return evolve(item(), fact)


@pytest.mark.parametrize(
    ("here", "there", "facts_of"),
    [
        (item(), State.OPEN, ()),
        (item(), State.DONE, (facts.ActionItemDone(at=NOW, by=GITHUB, proof=LINK),)),
        (
            item(),
            State.NOT_DOING,
            (facts.ActionItemDropped(at=NOW, by=GITHUB, reason=f"closed as not planned: {LINK}"),),
        ),
        (over(), State.DONE, ()),
        (over(), State.NOT_DOING, ()),
        (over(), State.OPEN, (facts.ActionItemReopened(at=NOW, by=GITHUB),)),
    ],
)
def test_an_item_follows_its_issue(here: ActionItem, there: State, facts_of: tuple[facts.Fact, ...]) -> None:
    assert tracking.follow(here, there, LINK, by=GITHUB, now=NOW) == facts_of


def test_to_ask_for_an_issue_changes_nothing_but_the_history() -> None:
    decision = tracking.send(item(), POLICY, by=ALICE, now=NOW)
    assert not isinstance(decision, Refused)
    (fact,) = decision
    after = evolve(item(), fact)
    assert after == replace(item(), version=2)
    assert not react([Entry(2, fact)], after)


def test_nobody_asks_for_an_issue_of_what_is_private_or_without_a_tracker() -> None:
    private = replace(item(), private=True)
    refused = tracking.send(private, POLICY, by=ALICE, now=NOW)
    assert isinstance(refused, Refused)
    assert "private incident" in refused.message
    assert not isinstance(tracking.send(private, replace(POLICY, private=True), by=ALICE, now=NOW), Refused)
    assert tracking.send(item(), TrackerPolicy(), by=ALICE, now=NOW) is tracking.OFF


def test_a_tracker_of_another_release_is_shown_by_its_key() -> None:
    assert TrackedIssue(tracker="gitlab", name="", url="").where == "gitlab"
    assert tracking.actor("gitlab") == "machine:gitlab"
