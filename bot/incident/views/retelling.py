"""Messages of the war room once what they told was corrected, struck or put back."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.core.blocks import Message, context
from bot.core.text import Mrkdwn, md
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention
from bot.incident.views import catching_up


def again(message: Message, told: Sequence[Shown], names: Mapping[str, str]) -> Message:
    """The message about an act as it counts now.

    Args:
        message: what it says of the facts as they are now.
        told: the facts.
        names: people's names by id; a person with a name here is not mentioned.
    """
    for each in told:
        if each.struck:
            return Message.of(_struck(each.number, each.struck, names))
        if correction := each.corrected:
            small = context(md(":pencil2: corrected by {}", _who(correction, names)))
            message = replace(message, blocks=[*message.blocks, small])
    return message


def together(told: Sequence[Shown], incident: Incident, names: Mapping[str, str]) -> Message:
    """The message about several facts that could not be told when they happened; struck ones are left out."""
    entries = sorted((each.entry for each in told if each.struck is None), key=lambda entry: entry.seq)
    return catching_up.missed(entries, incident, names)


def _struck(number: int, fact: facts.EntryStruck, names: Mapping[str, str]) -> Mrkdwn:
    if fact.secret:
        return md(":wastebasket: {} removed the words of this note (#{}).", _who(fact, names), number)
    why = md(": {}", fact.why) if fact.why else Mrkdwn("")
    return md(":wastebasket: Note #{} was struck by {}{}", number, _who(fact, names), why)


def _who(fact: facts.Fact, names: Mapping[str, str]) -> str:
    return names.get(fact.by) or mention(fact.by)
