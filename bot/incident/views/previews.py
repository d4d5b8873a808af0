"""How an update will look, shown over its form before it is posted."""

from collections.abc import Mapping, Sequence

from bot.core.blocks import Block, context, preformatted, section
from bot.core.decision import Refused
from bot.core.templates import Templates
from bot.core.text import md
from bot.incident.domain import facts
from bot.incident.domain.audiences import Audience
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.policy import Policy
from bot.incident.views.updates import UpdateText

_HEADS = {
    Audience.ROOM: "In the war room:",
    Audience.STAKEHOLDERS: "In the thread of the announcement:",
    Audience.PUBLIC: "To copy, shown only to you after you post:",
}


def refused(why: Refused) -> list[Block]:
    """Why the update cannot be posted as it is."""
    return [section(md(":warning: {}", why.message))]


def update(
    incident: Incident,
    decision: Sequence[facts.Fact],
    policy: Policy,
    templates: Templates,
    names: Mapping[str, str],
) -> list[Block]:
    """The messages that would be posted, for each audience that was chosen."""
    after = incident
    for fact in decision:
        after = evolve(after, fact)
    blocks: list[Block] = []
    for posted in (fact for fact in decision if isinstance(fact, facts.UpdatePosted)):
        text = UpdateText(posted, decision, after, policy, templates, names)
        for audience in posted.audiences:
            if audience is not Audience.STAKEHOLDERS or not incident.private:
                blocks += [context(md(_HEADS[audience])), *_shown(text, audience)]
    return blocks


def _shown(text: UpdateText, audience: Audience) -> list[Block]:
    return [preformatted(text.public())] if audience is Audience.PUBLIC else text.message(audience).blocks
