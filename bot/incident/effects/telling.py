"""The message about an act, in the war room and in the announcement's thread."""

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from bot.core.blocks import Message
from bot.incident.domain import corrections
from bot.incident.domain.audiences import Audience
from bot.incident.domain.effects import Place
from bot.incident.effects.render_context import RenderContext
from bot.incident.views import messages, retelling
from bot.incident.views.closing import closing
from bot.incident.views.subscribers import SubscriberText
from bot.incident.views.updates import UpdateText, update_of


def message(audience: Audience, context: RenderContext) -> Message:
    """The update in the words for this audience, with what was changed with it; otherwise the facts of the act.

    The message of the end asks the war room what is still open.
    """
    told = _told(audience, context)
    if audience is not Audience.ROOM or context.incident.ended_seq not in {each.seq for each in context.act}:
        return told
    asked = closing(context.incident, context.installation.policy, context.names)
    return replace(told, blocks=[*told.blocks, *asked])


def _told(audience: Audience, context: RenderContext) -> Message:
    act = [entry.fact for entry in context.act]
    update = update_of(act)
    if update is None:
        return messages.act_message(context.act, context.incident, context.names)
    installation = context.installation
    text = UpdateText(
        update,
        act,
        context.incident,
        installation.policy,
        installation.templates,
        context.names,
    )
    return text.message(audience)


def to_subscriber(context: RenderContext) -> Message:
    """The direct message to the subscriber whom the effect is for."""
    text = SubscriberText(
        [entry.fact for entry in context.act],
        context.incident,
        context.installation.policy,
        context.installation.templates,
        context.room_if_open,
        context.address(Place.ANNOUNCEMENT),
    )
    return text.message(context.follows)


def message_again(audience: Audience, context: RenderContext, seqs: Collection[int]) -> Message:
    """The message about an act whose facts have these numbers, as they count now."""
    return _again(partial(message, audience), context, seqs)


def to_subscriber_again(context: RenderContext, seqs: Collection[int]) -> Message:
    """The same direct message."""
    return _again(to_subscriber, context, seqs)


def _again(
    words: Callable[[RenderContext], Message], context: RenderContext, seqs: Collection[int]
) -> Message:
    shown = [each for each in corrections.timeline(context.timeline) if each.number in seqs]
    act = sorted((each.entry for each in shown), key=lambda entry: entry.seq)
    return retelling.again(words(replace(context, act=act)), shown, context.names)
