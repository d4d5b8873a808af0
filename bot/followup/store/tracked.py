"""The issues of action items: what a change of an item calls for in the tracker, and how an issue is found."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import assert_never, get_args

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.acts.history import Change
from bot.engine.store import outbox
from bot.engine.store.tables import EffectRow, TrackedIssueRow, is_pending
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.effects import (
    CreateItemIssue,
    IssueEffect,
    ShowIssueState,
    TellIssueOfDay,
    TellIssueOfOwner,
)
from bot.followup.domain.tracking import TrackerPolicy, actor
from bot.followup.domain.vocabulary import State
from bot.followup.store.items import ITEMS


async def project(
    session: AsyncSession, change: Change[ActionItem, facts.Fact], policy: TrackerPolicy
) -> list[IssueEffect]:
    """Note that an item is to have an issue, in the transaction of the change; returns what the tracker must show."""
    if not policy.is_on:
        return []
    row = await session.get(TrackedIssueRow, change.after.id)
    if row is None:
        wants = any(_wants(entry.fact, change.after.state, policy) for entry in change.entries)
        if not wants:
            return []
        session.add(_new(change, policy))
        return [CreateItemIssue()]
    if any(isinstance(entry.fact, facts.ActionItemSent) for entry in change.entries):
        for kind in get_args(
            IssueEffect
        ):  # what was refused is said all the same, and not only the present state
            await outbox.try_again(session, change.after.id, kind.__name__, [row.trouble])
        row.trouble, row.told = "", False
        if not row.issue:
            row.tracker, row.place = policy.tracker, policy.place
        session.add(row)
    by = actor(row.tracker)
    ours = [entry.fact for entry in change.entries if entry.fact.by != by]  # never back to where it came from
    return list(dict.fromkeys(effect for fact in ours for effect in _of(fact, row)))


def _wants(fact: facts.Fact, item: ActionItem, policy: TrackerPolicy) -> bool:
    match fact:
        case facts.ActionItemAdded():
            return policy.sends(item)
        case facts.ActionItemSent():
            return True
        case _:
            return False


def _new(change: Change[ActionItem, facts.Fact], policy: TrackerPolicy) -> TrackedIssueRow:
    return TrackedIssueRow(
        stream_id=change.after.id,
        team_id=change.after.team,
        tracker=policy.tracker,
        place=policy.place,
        key=uuid.uuid4().hex,
        wanted_at=change.now,
    )


def _of(fact: facts.Fact, row: TrackedIssueRow) -> Iterator[IssueEffect]:
    match fact:
        case facts.ActionItemSent():
            yield ShowIssueState() if row.issue else CreateItemIssue()
        case facts.ActionItemMoved():
            yield TellIssueOfDay(fact.due_on)
        case facts.ActionItemAssigned():
            yield TellIssueOfOwner(fact.owner)
        case facts.ActionItemDone() | facts.ActionItemDropped() | facts.ActionItemReopened():
            yield ShowIssueState()
        case (
            facts.ActionItemAdded()
            | facts.VerificationAsked()
            | facts.ActionItemVerified()
            | facts.ActionItemNotVerified()
            | facts.ActionItemRehearsed()
        ):
            return
        case _:
            assert_never(fact)


async def of_stream(session: AsyncSession, stream_id: int) -> TrackedIssueRow | None:
    """The issue of an item; None if it has none and is to have none."""
    return await session.get(TrackedIssueRow, stream_id)


async def locked(
    session: AsyncSession, team: str, tracker: str, place: str, issue: str
) -> TrackedIssueRow | None:
    """The row of an issue, with its item locked for a change; None if it is not one of ours."""
    query = select(TrackedIssueRow).where(
        TrackedIssueRow.team_id == team,
        TrackedIssueRow.tracker == tracker,
        TrackedIssueRow.place == place,
        TrackedIssueRow.issue == issue,
    )
    row = (await session.exec(query)).first()
    if row is None:
        return None
    await ITEMS.locked_by_id(session, row.stream_id)
    await session.refresh(row)  # what somebody else has committed while we waited
    return row


async def is_about_to_change(session: AsyncSession, stream_id: int) -> bool:
    """Whether we have yet to close or reopen the issue, or are at it: then the item counts, and not the issue."""
    query = select(EffectRow.id).where(
        is_pending(EffectRow), EffectRow.stream_id == stream_id, EffectRow.kind == ShowIssueState.__name__
    )
    return (await session.exec(query.limit(1))).first() is not None


def is_news(row: TrackedIssueRow, at: datetime, digest: str) -> bool:
    """Whether what was heard of an issue, changed at a time there (UTC), is newer than what is known.

    An old delivery may be sent again, and two may overtake each other. Several changes may have the same time.
    """
    if row.at is None or at > row.at:
        return True
    return at == row.at and (not digest or digest not in row.heard.split())


def note(row: TrackedIssueRow, state: State, at: datetime | None, digest: str = "") -> None:
    """Write down how the issue is there."""
    row.state = state.value
    if at is None or (row.at is not None and at < row.at):
        return
    row.heard = f"{row.heard} {digest}".strip() if at == row.at else digest
    row.at = at
