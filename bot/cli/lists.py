"""Findings of `warroom doctor` about the list of action items in Slack."""

from collections.abc import AsyncIterator

from bot.engine.findings import Finding
from bot.engine.store import streams
from bot.engine.store.database import Database
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import slack_lists
from bot.ports.slack.port import SLACK

AGAIN = "I try again every day, and at once after `warroom outbox retry`."


async def check(database: Database, team: str, channel: str, policy: TrackerPolicy) -> AsyncIterator[Finding]:
    """Whether the list is kept, if the policy wants one.

    Args:
        database: where it is stored which one it is.
        team: the workspace; empty if it is not known, which means all that are stored.
        channel: the id of the channel of incidents; empty if there is none.
        policy: what the team has decided.
    """
    if not policy.slack_list:
        return
    what = "open action items are shown in a list in Slack"
    if not channel:
        yield Finding(
            what, "I share it with the channel of incidents: set INCIDENTS_CHANNEL, and start me again."
        )
        return
    async with database.reading() as session:
        for each in [team] if team else await streams.teams(session):
            kept = await slack_lists.of_team(session, each)
            if kept and kept.trouble:
                said = SLACK.remedies.get(kept.trouble, "An admin may allow it.")
                yield Finding(
                    f"open action items are not shown in a list: Slack says {kept.trouble}", f"{said} {AGAIN}"
                )
            elif kept and kept.shared_in:
                yield Finding(f"{what} ({kept.list_id})")
            else:
                yield Finding(f"{what}, which is not made yet")
