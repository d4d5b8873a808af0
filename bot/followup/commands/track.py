"""The button that asks for an issue of an action item in the tracker, or for another try."""

from functools import partial

from bot.followup.commands.loaded import GONE, ONE, needed
from bot.followup.domain import tracking
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.listing import ListedItem
from bot.followup.views import issue_messages, rows
from bot.incident.commands.registry import INCIDENT, button
from bot.incident.commands.request import Outcome, Reply, Request, Write
from bot.incident.domain.permissions import Capability


@button(rows.TRACK, about=INCIDENT, may=Capability.CHANGE, needs=needed, loads=ONE)
def track(request: Request) -> Outcome:
    """Ask for it. What becomes of it is shown in the list."""
    listed = request.loaded
    if not isinstance(listed, ListedItem):
        return GONE
    issue, policy = listed.issue, listed.tracker
    if issue and issue.url and not issue.trouble:
        return Reply(issue_messages.there(listed.item, issue))
    rule = partial(tracking.send, policy=policy, by=request.actor, now=request.now)
    return Write(SUBJECT, listed.item.number, rule, partial(issue_messages.sent, tracker=policy.name))
