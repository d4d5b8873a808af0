"""Which effects follow from a fact."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from bot.core.decider import Entry
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.effects import (
    AskToVerify,
    CloseVerification,
    Effect,
    ShowReminder,
    TellOfVerification,
    TellOwner,
    TellWarRoom,
)


def react(entries: Sequence[Entry[facts.Fact]], item: ActionItem) -> Sequence[Effect]:
    """The effects of these facts, each once, given the state after them.

    What a tracker must show follows from the policy too: see `bot.followup.store.tracked`.
    """
    return list(dict.fromkeys(effect for entry in entries for effect in _of(entry.fact, item)))


def _of(fact: facts.Fact, item: ActionItem) -> Iterator[Effect]:
    match fact:
        case facts.ActionItemAdded():
            yield TellWarRoom()
            if fact.owner != fact.by:
                yield TellOwner(fact.owner)
        case facts.ActionItemAssigned():
            yield ShowReminder(fact.previous)
            if fact.owner != fact.by:
                yield TellOwner(fact.owner)
        case (
            facts.ActionItemMoved()
            | facts.ActionItemDone()
            | facts.ActionItemDropped()
            | facts.ActionItemRehearsed()
        ):
            yield ShowReminder(item.owner)
        case facts.ActionItemReopened():
            yield ShowReminder(item.owner)
            yield CloseVerification()
        case facts.VerificationAsked():
            yield AskToVerify(fact.person)
        case facts.ActionItemVerified() | facts.ActionItemNotVerified():
            yield CloseVerification()
            if item.verification and item.verification.asked_by != fact.by:
                yield TellOfVerification(item.verification.asked_by)
        case facts.ActionItemSent():
            return
        case _:
            assert_never(fact)
