"""Every effect's handler. Add a new effect here."""

from typing import Any

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.action_item import SUBJECT
from bot.followup.effects import (
    ask_to_verify,
    close_verification,
    create_item_issue,
    remind_in_channel,
    remind_owner,
    remove_reminder,
    show_channel_reminder,
    show_in_list,
    show_issue_state,
    show_reminder,
    tell_issue_of_day,
    tell_issue_of_owner,
    tell_of_lost_channel,
    tell_of_trouble,
    tell_of_verification,
    tell_owner,
    tell_war_room,
    tell_without_owner,
)


async def _warn(_transaction: DeliveryTransaction, _of: Handler[Any, Any], _reason: str) -> None:
    """Nobody is warned: no effect has `warns_if_dead`, because doctor and the lists say what was not shown."""


EFFECTS = Registry(
    SUBJECT,
    (
        tell_war_room.HANDLER,
        tell_owner.HANDLER,
        remind_owner.HANDLER,
        show_reminder.HANDLER,
        remind_in_channel.HANDLER,
        show_channel_reminder.HANDLER,
        tell_of_lost_channel.HANDLER,
        remove_reminder.HANDLER,
        tell_without_owner.HANDLER,
        ask_to_verify.HANDLER,
        close_verification.HANDLER,
        tell_of_verification.HANDLER,
        create_item_issue.HANDLER,
        show_issue_state.HANDLER,
        tell_issue_of_day.HANDLER,
        tell_issue_of_owner.HANDLER,
        tell_of_trouble.HANDLER,
        show_in_list.HANDLER,
    ),
    _warn,
)
