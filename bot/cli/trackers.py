"""Findings of `warroom doctor` about issue trackers."""

from collections.abc import AsyncIterator

from bot import tracking
from bot.config import Settings
from bot.core.text import interval
from bot.engine.findings import Finding
from bot.engine.store.database import Session
from bot.followup.domain.tracking import NAMES, TrackerPolicy
from bot.followup.store import polls, shown
from bot.ports.trackers.calls import Where
from bot.ports.trackers.port import TRACKER
from bot.vendors import github, jira

PATHS = {github.KEY: github.PATH, jira.KEY: jira.PATH}
AGAIN = "Mend the cause, then press Try again in the item's line of `/incident actions`, or run `warroom outbox retry`."


async def check(settings: Settings, policy: TrackerPolicy) -> AsyncIterator[Finding]:
    """Whether issues can be written where the policy says, and how we hear of changes there."""
    if not policy.is_on:
        return
    where = f"issues of action items are written to {policy.name} ({policy.place})"
    secrets = tracking.secrets_of(settings)
    if missing := secrets.missing(policy.tracker):
        yield Finding(where, f"Set {', '.join(missing)}, and start the bot again (docs/trackers.md).")
        return
    async with tracking.connected(settings) as connection:
        trouble = await connection.check(Where(policy.tracker, policy.place), policy.issue_type)
    said = TRACKER.remedies.get(trouble, "It cannot be asked at the moment.")
    yield Finding(where, f"{policy.name} says {trouble}. {said}" if trouble else "")
    if secrets.is_called(policy.tracker):
        yield Finding(f"{policy.name} tells changes at {PATHS[policy.tracker]}, signed")
    else:
        yield Finding(f"{policy.name} is asked for changes, every {interval(policy.poll)}")


async def stored(session: Session, team: str, of: str) -> AsyncIterator[Finding]:
    """What a workspace's tracker did not take, and what could not be read there. No private incident is named."""
    behind = await shown.in_trouble(session, team)
    for (tracker, trouble), count in sorted(behind.items()):
        what = f"{count} action item{'s' if count > 1 else ''}"
        yield Finding(
            f"action items{of}: {NAMES.get(tracker, tracker)} does not take the last change of {what}: {trouble}",
            f"{TRACKER.remedies.get(trouble, '')} {AGAIN}".strip(),
        )
    for row in await polls.of_team(session, team):
        if row.trouble:
            said = TRACKER.remedies.get(row.trouble, "I try again by myself.")
            yield Finding(
                f"action items{of}: changes in {NAMES.get(row.tracker, row.tracker)} ({row.place}) are not read: "
                f"{row.trouble}",
                said,
            )
