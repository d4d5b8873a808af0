"""The private answers to somebody who corrects the timeline."""

from bot.core.blocks import Message, actions
from bot.core.text import Mrkdwn, lines, link_to, md
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import reference
from bot.incident.views.lists import source
from bot.incident.views.timeline import undo


def corrected(number: int) -> Message:
    """A note was corrected."""
    return Message.of(md("*#{0}* is corrected. `/incident timeline {0}` shows what it said before.", number))


def struck(incident: Incident, number: int) -> Message:
    """A note was struck; the button puts it back."""
    return Message.of(
        md("*#{0}* is struck. `/incident unstrike {0}` puts it back.", number),
        actions(undo(incident, number)),
    )


def removed(shown: Shown, incident: Incident, *, is_known: bool) -> Message:
    """The words of a secret were removed: where, and what could not be reached.

    Args:
        shown: the entry.
        incident: its present state.
        is_known: whether it is known where the war room's message about it is.
    """
    fact, number = shown.entry.fact, shown.number
    head = md(":wastebasket: The words of *#{}* are removed from the timeline, for good.", number)
    editing = (
        Mrkdwn("I am editing my messages that show them.") if _is_shown(fact, is_known=is_known) else None
    )
    places = (*_messages(fact, incident, is_known=is_known), *_canvases(fact, incident), *_ALWAYS)
    out_of_reach = [md("• {}", each) for each in places]
    return Message.of(lines(head, editing, Mrkdwn("*What I cannot reach*"), *out_of_reach))


def _is_shown(fact: facts.Fact, *, is_known: bool) -> bool:
    """Whether messages of the bot, whose places are known, show the words: its own, or the card."""
    return is_known or isinstance(
        fact,
        facts.Declared
        | facts.Renamed
        | facts.UpdatePosted
        | facts.Decided
        | facts.TaskFact
        | facts.BridgeSet,
    )


def _messages(fact: facts.Fact, incident: Incident, *, is_known: bool) -> list[Mrkdwn]:
    """The messages with these words that the bot cannot edit."""
    match fact:
        case facts.Noted(from_message=True):
            return [md("the message itself{}: its author or an admin can delete it", source(fact))]
        case facts.Declared() if fact.title == incident.title:
            return [Mrkdwn("the title: `/incident rename` gives another one first"), *_declared_from(fact)]
        case facts.Declared():
            return [_FORMER, _NAMED, *_merged_into(incident), *_declared_from(fact)]
        case facts.Renamed():
            return [_FORMER, _NAMED, *_merged_into(incident)]
        case facts.BridgeSet():
            return [_FORMER]
        case facts.UpdatePosted():
            briefs = Mrkdwn(
                "direct messages that told a new commander the last update, and previews of links"
            )
            return [briefs] if is_known else [_OLD, briefs]
        case facts.Decided():
            return []
        case facts.TaskFact():
            told = Mrkdwn("direct messages to whoever had the task")
            return [told] if is_known else [_OLD, told]
        case _:
            return [] if is_known else [_OLD]


def _canvases(fact: facts.Fact, incident: Incident) -> list[Mrkdwn]:
    """The canvases of the postmortem in which the words stand, or may stand."""
    document = incident.postmortem
    where = link_to(document.canvas_link, _CANVAS) or Mrkdwn(_CANVAS)
    found = []
    if document.canvas and isinstance(fact, facts.PostmortemSectionWritten | facts.PostmortemCanvasDiffers):
        found.append(md("the section “{}” in {}: {}", fact.section.headline, where, _BACK))
    elif document.canvas:
        found.append(md("{}, if somebody has quoted them there: {}", where, _BACK))
    if document.published:
        found.append(_PUBLISHED)
    return found


def _declared_from(fact: facts.Declared) -> list[Mrkdwn]:
    address = link_to(fact.source, "this message")
    return [md("{}, from which it was declared", address)] if address else []


def _merged_into(incident: Incident) -> list[Mrkdwn]:
    """The incident of which this one is a duplicate has recorded the title, too."""
    if incident.duplicate_of is None:
        return []
    other = reference(incident.duplicate_of)
    told = "{0}, which has recorded the title too: `/incident timeline {0}` shows its number there, to strike it as a secret"
    return [md(told, other)]


_CANVAS = "the canvas of the postmortem"
_BACK = Mrkdwn("remove them there, or what is taken over from it may bring them back")
_PUBLISHED = Mrkdwn(
    "the published postmortem, as a file and as a canvas: publish it again, and remove the ones from before"
)
_NAMED = Mrkdwn(
    "reminders, digests, direct messages and previews of links from before, if they name the incident"
)
_FORMER = Mrkdwn("lines by Slack about the former name and topic of the channel: an admin can delete them")
_OLD = Mrkdwn("my message in the war room, if I posted it before I kept such places: an admin can delete it")
_ALWAYS = (
    Mrkdwn("postmortem drafts, exports, and private answers of mine from before"),
    Mrkdwn("notifications that Slack has sent"),
    Mrkdwn("backups of the database"),
)


def restored(number: int) -> Message:
    """A struck note was put back."""
    return Message.of(md("*#{}* is back on the timeline.", number))


def unmarked(number: int) -> Message:
    """The reaction that put a message on the timeline was taken back."""
    return Message.of(
        md(
            "*#{}* is taken out of the timeline, unless another reaction or pin still marks the message. "
            "React again to put it back.",
            number,
        )
    )
