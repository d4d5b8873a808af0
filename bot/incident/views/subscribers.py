"""The direct message to a person who follows an incident, from the template `messages/update_subscribers.j2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.blocks import Message, actions, button, context, sections
from bot.core.templates import Templates
from bot.core.text import Mrkdwn, clip_mrkdwn, link_to, md, when
from bot.incident.domain import facts
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.services import Services
from bot.incident.domain.subscriptions import Follows
from bot.incident.views.card import mark
from bot.incident.views.ending import status_words
from bot.incident.views.facts import sentence
from bot.incident.views.subscriptions import STOP, range_words, service_words
from bot.incident.views.updates import WHOLE_MAX, update_of

TEMPLATE = "messages/update_subscribers.j2"
REMOVED = Message.of(Mrkdwn("The words of this message were removed from the record of its incident."))
_SMALL = 500  # characters for what stands below


@dataclass(frozen=True, slots=True)
class SubscriberText:
    """What the words of such a message are made from.

    Attributes:
        act: the facts of the act that are news.
        incident: the state after the act, or a later one.
        room: the war room's channel; None if it is not open.
        announcement: the address of the announcement; empty if there is none.
    """

    act: Sequence[facts.Fact]
    incident: Incident
    policy: Policy
    templates: Templates
    room: str | None
    announcement: str = ""

    def message(self, follows: Follows) -> Message:
        """The message."""
        text = self.templates.message(TEMPLATE, **self._values())
        whole = clip_mrkdwn(text, WHOLE_MAX - _SMALL)
        link = link_to(self.announcement, "link")
        where = [md("Its announcement ({}) has all updates in its thread.", link)] if link else []
        small = [_why(follows, self.incident, self.policy.services), *where]
        stop = button("Stop", STOP, str(self.incident.number))
        return Message(text=whole, blocks=[*sections(whole), context(*small), actions(stop)])

    def _values(self) -> dict[str, Any]:
        update = update_of(self.act)
        at = self._next_by(update)
        return {
            "reference": self.incident.reference,
            "title": self.incident.title,
            "mark": mark(self.incident),
            "severity": self.incident.severity.label,
            "status": status_words(self.incident),
            "room": Mrkdwn(f"<#{self.room}>") if self.room else Mrkdwn(""),
            "news": [sentence(each) for each in self.act if each is not update],
            "update": update is not None,
            "unchanged": update is not None and update.unchanged,
            "conditions": update.conditions if update else "",
            "actions": update.actions if update else "",
            "next_by": when(at) if at else Mrkdwn(""),
        }

    def _next_by(self, update: facts.UpdatePosted | None) -> datetime | None:
        """When the next update is due; None if there was a later one, or if none is due."""
        if self.incident.is_closed or (update and self.incident.updated_at != update.at):
            return None
        return promised_at(self.incident, self.policy)


def _why(follows: Follows, incident: Incident, services: Services) -> Mrkdwn:
    affected = follows.by_services(incident)
    if incident.number in follows.incidents:
        what = incident.reference
    elif affected:
        what = service_words(services.title(affected[0]))
    elif follows.severity is not None:
        what = range_words(follows.severity)
    else:
        what = incident.reference
    return md("You follow {}. Outside of war rooms, `/incident subscribe` shows all that you follow.", what)
