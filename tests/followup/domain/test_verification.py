"""Whether something that was done has its effect: who may be asked, who may answer, and what is kept of it."""

from datetime import timedelta

import pytest

from bot.core.decider import Entry
from bot.core.decision import Refused
from bot.followup.domain import facts, rules, verifying
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem
from bot.followup.domain.effects import AskToVerify, CloseVerification, ShowReminder, TellOfVerification
from bot.followup.domain.react import react
from bot.followup.domain.rules import OUTCOME_MAX, Decision
from bot.followup.domain.verification import verification_after
from tests.followup.domain.items import item
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW

LATER = NOW + timedelta(days=1)


def after(before: ActionItem, decision: Decision) -> ActionItem:
    assert not isinstance(decision, Refused), decision
    state, _ = ACTION_ITEM.apply(before, decision)
    return state


def done() -> ActionItem:
    return after(item(), rules.finish(item(), "the alert rang", by=BOB, now=NOW))


def asked() -> ActionItem:
    return after(done(), verifying.ask(done(), CAROL, by=ALICE, now=NOW))


def answered(*, is_verified: bool) -> ActionItem:
    note = "it rang on Tuesday"
    return after(asked(), verifying.answer(asked(), note, is_verified=is_verified, by=CAROL, now=LATER))


def refusal(decision: Decision) -> Refused:
    assert isinstance(decision, Refused)
    return decision


def test_whoever_was_asked_answers_with_a_sentence_and_it_is_kept() -> None:
    found = asked().verification
    assert found
    assert (found.person, found.asked_by, found.is_open, found.is_verified) == (CAROL, ALICE, True, None)
    for is_verified in (True, False):
        found = answered(is_verified=is_verified).verification
        assert found
        assert (found.is_verified, found.note, found.answered_at) == (
            is_verified,
            "it rang on Tuesday",
            LATER,
        )


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (item(), "ACT-1 is not done, so there is nothing to verify yet."),
        (asked(), "was asked to verify ACT-1, and has not answered yet."),
        (answered(is_verified=True), "ACT-1 is verified already"),
    ],
)
def test_what_cannot_be_verified_is_not_asked(before: ActionItem, told: str) -> None:
    assert told in refusal(verifying.ask(before, CAROL, by=ALICE, now=NOW)).message


def test_after_not_verified_it_can_be_asked_again() -> None:
    again = after(
        answered(is_verified=False), verifying.ask(answered(is_verified=False), BOB, by=ALICE, now=NOW)
    )
    assert again.verification
    assert again.verification.person == BOB


@pytest.mark.parametrize(
    ("before", "by", "note", "told", "field"),
    [
        (asked(), BOB, "seen", "was asked to verify ACT-1.", ""),
        (answered(is_verified=True), CAROL, "seen", "ACT-1 was answered already: verified.", ""),
        (answered(is_verified=False), CAROL, "seen", "ACT-1 was answered already: not verified.", ""),
        (done(), CAROL, "seen", "Nobody asks any more whether ACT-1 has its effect", ""),
        (asked(), CAROL, " \n ", "Say in a sentence how one sees it.", "note"),
        (asked(), CAROL, "x" * (OUTCOME_MAX + 1), "at most 500 fit", "note"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    before: ActionItem, by: str, note: str, told: str, field: str
) -> None:
    refused = refusal(verifying.answer(before, note, is_verified=True, by=by, now=NOW))
    assert told in refused.message
    assert refused.field == field


def test_an_item_that_is_opened_again_is_not_to_be_verified_any_more() -> None:
    opened = after(asked(), rules.reopen(asked(), by=BOB, now=LATER))
    assert opened.verification is None
    fact = facts.ActionItemReopened(at=LATER, by=BOB)
    assert react([Entry(4, fact)], opened) == [ShowReminder(opened.owner), CloseVerification()]


def test_whoever_asked_is_told_unless_they_answered_themselves() -> None:
    ask = facts.VerificationAsked(at=NOW, by=ALICE, person=CAROL)
    assert react([Entry(3, ask)], asked()) == [AskToVerify(CAROL)]
    found = facts.ActionItemVerified(at=LATER, by=CAROL, note="seen")
    assert react([Entry(4, found)], answered(is_verified=True)) == [
        CloseVerification(),
        TellOfVerification(ALICE),
    ]
    own = facts.ActionItemNotVerified(at=LATER, by=ALICE, note="not seen")
    assert react([Entry(4, own)], answered(is_verified=False)) == [CloseVerification()]


def test_an_answer_that_nobody_asked_for_is_a_broken_history() -> None:
    with pytest.raises(ValueError, match="begins with VerificationAsked"):
        verification_after(None, facts.ActionItemVerified(at=NOW, by=CAROL, note="seen"))
