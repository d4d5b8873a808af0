"""What the effects at the head of the war room have in common: a workspace may not allow them, which is remembered."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.store import header

TRIED_AGAIN_AFTER = timedelta(days=1)  # an admin may have allowed it

log = structlog.get_logger(__name__)


async def record_refusal(transaction: DeliveryTransaction, feature: str, receipt: Mapping[str, str]) -> bool:
    """Store whether the workspace allows this; returns whether it does not. The room is told nothing: doctor says it."""
    team = transaction.row.team_id
    if reason := receipt.get("refused"):
        log.warning("slack.feature_refused", feature=feature, reason=reason)
        await header.refuse(transaction.session, team, feature, reason, transaction.now)
        return True
    await header.allow(transaction.session, team, feature)
    return False
