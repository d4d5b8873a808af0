"""Status updates in words, for each audience, from the templates `messages/update_….j2`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.core.blocks import Message, sections
from bot.core.templates import Templates
from bot.core.text import Mrkdwn, clip, clip_mrkdwn, md, utc, when
from bot.core.tokens import in_words
from bot.incident.domain import facts
from bot.incident.domain.audiences import Audience
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import mention

WHOLE_MAX = (
    11_500  # of the 12,000 that all blocks of a message may have: a team's own template may repeat itself
)
PUBLIC_MAX = 9_000


@dataclass(frozen=True, slots=True)
class UpdateText:
    """What the words of an update are made from.

    Attributes:
        update: the update.
        act: all facts of the act that posted it.
        incident: the state after the act, or a later one.
        names: people's names by id.
    """

    update: facts.UpdatePosted
    act: Sequence[facts.Fact]
    incident: Incident
    policy: Policy
    templates: Templates
    names: Mapping[str, str]

    def message(self, audience: Audience) -> Message:
        """The message to this audience."""
        text = self.templates.message(_template(audience), **self._in_slack())
        whole = clip_mrkdwn(text, WHOLE_MAX)
        return Message(text=whole, blocks=sections(whole))

    def public(self) -> str:
        """The text to copy, without markup, with people by name."""
        text = self.templates.document(_template(Audience.PUBLIC), **self._in_words())
        return clip(text.strip(), PUBLIC_MAX)

    def _in_slack(self) -> dict[str, Any]:
        """The values as Slack reads them. A person with a name is not mentioned, so not notified of their own act."""
        by, at = self.update.by, self._next_by()
        return self._values() | {
            "actor": md("{}", self.names.get(by) or mention(by)),
            "conditions": self.update.conditions,
            "actions": self.update.actions,
            "needs": self.update.needs,
            "title": self.incident.title,
            "next_by": when(at) if at else Mrkdwn(""),
        }

    def _in_words(self) -> dict[str, Any]:
        """The values without markup."""
        at = self._next_by()
        words = {
            "actor": mention(self.update.by),
            "conditions": self.update.conditions,
            "actions": self.update.actions,
            "needs": self.update.needs,
            "title": self.incident.title,
        }
        plain = {name: in_words(text, self.names) for name, text in words.items()}
        return self._values() | plain | {"next_by": utc(at) if at else ""}

    def _values(self) -> dict[str, Any]:
        severity = next((each for each in self.act if isinstance(each, facts.SeverityChanged)), None)
        status = next((each for each in self.act if isinstance(each, facts.StatusChanged)), None)
        return {
            "reference": self.incident.reference,
            "severity": severity.new.label if severity else self.incident.severity.label,
            "severity_before": severity.old.label if severity else "",
            "status": status.new.value if status else self.incident.status.value,
            "status_before": status.old.value if status else "",
            "unchanged": self.update.unchanged,
            "private": self.incident.private,
        }

    def _next_by(self) -> datetime | None:
        """When the next update is due; None if there was a later one, or if none is due."""
        if self.incident.is_closed or self.incident.updated_at != self.update.at:
            return None
        return promised_at(self.incident, self.policy)


def _template(audience: Audience) -> str:
    return f"messages/update_{audience}.j2"


def update_of(act: Sequence[facts.Fact]) -> facts.UpdatePosted | None:
    """The update among the facts of an act; None if it posts none."""
    return next((each for each in act if isinstance(each, facts.UpdatePosted)), None)
