"""Whether something that was done has the effect that it was to have: who was asked to look, and what they found."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.followup.domain import facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A question whether a finished action item has its effect. All times are in UTC.

    Attributes:
        asked_by: who asked.
        person: who was asked to look.
        answered_at: when they answered; None while they have not.
        is_verified: what they found; None while they have not answered.
        note: how one sees it, or what is missing, in their words.
    """

    asked_at: datetime
    asked_by: str
    person: str
    answered_at: datetime | None = None
    is_verified: bool | None = None
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None


def verification_after(before: Verification | None, fact: facts.AboutVerification) -> Verification:
    """The verification after a fact.

    Raises:
        ValueError: it is an answer, and nobody has asked.
    """
    if isinstance(fact, facts.VerificationAsked):
        return Verification(asked_at=fact.at, asked_by=fact.by, person=fact.person)
    if before is None:
        raise ValueError("a verification begins with VerificationAsked")
    match fact:
        case facts.ActionItemVerified():
            return replace(before, answered_at=fact.at, is_verified=True, note=fact.note)
        case facts.ActionItemNotVerified():
            return replace(before, answered_at=fact.at, is_verified=False, note=fact.note)
        case _:
            assert_never(fact)
