"""The rules of verification. Each returns facts, or one sentence that says why not."""

from datetime import datetime

from bot.core.decision import Refused
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.rules import OUTCOME_MAX, Decision
from bot.followup.domain.vocabulary import State
from bot.incident.domain.vocabulary import mention


def unfit(item: ActionItem) -> Refused | None:
    """The refusal to ask whether it has its effect; None if that can be asked."""
    asked = item.verification
    if item.state is not State.DONE:
        return Refused(f"{item.reference} is not done, so there is nothing to verify yet.")
    if asked and asked.is_open:
        return Refused(
            f"{mention(asked.person)} was asked to verify {item.reference}, and has not answered yet."
        )
    if asked and asked.is_verified:
        return Refused(f"{item.reference} is verified already, by {mention(asked.person)}.")
    return None


def ask(item: ActionItem, person: str, *, by: str, now: datetime) -> Decision:
    """Ask a person whether it has its effect. After *Not verified* it can be asked again."""
    return unfit(item) or (facts.VerificationAsked(at=now, by=by, person=person),)


def unanswerable(item: ActionItem, *, by: str) -> Refused | None:
    """The refusal of an answer; None if this person can answer."""
    asked = item.verification
    if asked is None:
        return Refused(f"Nobody asks any more whether {item.reference} has its effect: it was opened again.")
    if not asked.is_open:
        found = "verified" if asked.is_verified else "not verified"
        return Refused(f"{item.reference} was answered already: {found}.")
    if asked.person != by:
        return Refused(f"{mention(asked.person)} was asked to verify {item.reference}.")
    return None


def answer(item: ActionItem, note: str, *, is_verified: bool, by: str, now: datetime) -> Decision:
    """What whoever was asked has found, with a sentence."""
    said = " ".join(note.split())
    if refused := unanswerable(item, by=by):
        return refused
    if not said:
        return Refused(
            "Say in a sentence how one sees it." if is_verified else "Say what is missing.", field="note"
        )
    if len(said) > OUTCOME_MAX:
        return Refused(
            f"That has {len(said)} characters; at most {OUTCOME_MAX} fit. Link the rest.", field="note"
        )
    if is_verified:
        return (facts.ActionItemVerified(at=now, by=by, note=said),)
    return (facts.ActionItemNotVerified(at=now, by=by, note=said),)
