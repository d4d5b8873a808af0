"""Every effect's handler. A new effect is entered here."""

from collections.abc import Mapping
from typing import Any

from bot.application.effects import (
    announce,
    answer_source,
    brief,
    broadcast,
    catch_up,
    close_broadcast,
    close_offer,
    close_reminder,
    invite,
    meet,
    open_room,
    pin_card,
    read_members,
    read_message,
    remind,
    set_topic,
    share_draft,
    show_card,
    show_link,
    show_offer,
    tell_channel,
    tell_room,
    tell_uninvited,
    warn,
)
from bot.application.effects.handler import E, Handler

HANDLERS: tuple[Handler[Any], ...] = (
    open_room.HANDLER,
    show_link.HANDLER,
    invite.HANDLER,
    read_members.HANDLER,
    tell_uninvited.HANDLER,
    set_topic.HANDLER,
    show_card.HANDLER,
    pin_card.HANDLER,
    announce.HANDLER,
    tell_room.HANDLER,
    catch_up.HANDLER,
    show_offer.HANDLER,
    close_offer.HANDLER,
    tell_channel.HANDLER,
    brief.HANDLER,
    answer_source.HANDLER,
    remind.HANDLER,
    broadcast.HANDLER,
    close_reminder.HANDLER,
    close_broadcast.HANDLER,
    read_message.HANDLER,
    share_draft.HANDLER,
    meet.HANDLER,
    warn.HANDLER,
)

_BY_KIND: Mapping[str, Handler[Any]] = {each.kind: each for each in HANDLERS}

# The kinds of which, among several dead ones, only the last is tried again.
LATEST_ONLY = frozenset(each.kind for each in HANDLERS if each.latest_only)


def handler_of(effect: E) -> Handler[E]:
    """The handler of this effect."""
    return _BY_KIND[type(effect).__name__]


def by_kind(kind: str) -> Handler[Any] | None:
    """The handler of the effects of this kind; None where this release does not know the kind."""
    return _BY_KIND.get(kind)


def what_of(kind: str) -> str:
    """What could not be done, of an effect of this kind, as it follows on "I could not"."""
    handler = by_kind(kind)
    return handler.what if handler else "finish something"
