"""What people in Slack are told about the issue of an action item."""

from bot.core.blocks import Message, actions, button, section
from bot.core.text import Mrkdwn, clip, lines, link_to, md
from bot.core.tokens import in_words
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.tracking import TrackedIssue
from bot.followup.views import rows
from bot.incident.domain.vocabulary import reference
from bot.ports.trackers.port import TRACKER


def there(item: ActionItem, issue: TrackedIssue) -> Message:
    """The answer to somebody who asks for an issue that is there."""
    return Message.of(md("*{}* is {} in {}.", item.reference, link_to(issue.url, issue.name), issue.where))


def sent(item: ActionItem, tracker: str) -> Message:
    """The answer to somebody who has asked for an issue."""
    return Message.of(
        md(
            "*{}* is sent to {}. `/incident actions {}` shows the link as soon as it is there.",
            item.reference,
            tracker,
            reference(item.incident),
        )
    )


def not_tracked(listed: ListedItem, issue: TrackedIssue) -> Message:
    """The direct message to the owner of an item that the tracker does not take."""
    item = listed.item
    what = link_to(issue.url, issue.name) if issue.url else md("its issue in {}", issue.where)
    head = md(
        ":warning: {} is not up to date for your action item *{}*: {}.", what, item.reference, issue.trouble
    )
    if not issue.url:
        head = md(
            ":warning: I could not create {} for your action item *{}*: {}.",
            what,
            item.reference,
            issue.trouble,
        )
    said = lines(
        head,
        md("{}", clip(in_words(item.title, {}), 200)),
        md("{} The action item itself is as it was.", remedy(issue.trouble)),
    )
    return Message(
        text=head, blocks=[section(said), actions(button("Try again", rows.TRACK, rows.value(item)))]
    )


def remedy(trouble: str) -> Mrkdwn:
    """What helps against a refusal."""
    return md("{}", TRACKER.remedies.get(trouble, "`warroom doctor` says more."))
