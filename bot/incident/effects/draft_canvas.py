"""What is remembered of the canvas of a postmortem: of each section, the version and the text that the canvas is known to have."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store.tables import HeadItemRow
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.store import header

NOT_KNOWN = -1


class Known(NamedTuple):
    """What the canvas is known to have in a section.

    Attributes:
        version: the section's version; -1 if it is not known.
        mark: the hash of the text; empty for no text.
    """

    version: int
    mark: str

    @property
    def written(self) -> str:
        """As a receipt has it."""
        return f"{self.version}:{self.mark}"


def known(head: Mapping[str, HeadItemRow], section: PostmortemSection) -> Known | None:
    """What the canvas is known to have; None if nothing is."""
    row = head.get(f"{header.OF_DRAFT}{section.value}")
    return Known(int(row.item), row.digest) if row and row.item else None


async def remember(transaction: DeliveryTransaction, section: PostmortemSection, has: Known) -> None:
    """Store what the canvas has now."""
    row, name = transaction.row, f"{header.OF_DRAFT}{section.value}"
    await header.put(
        transaction.session, row.team_id, row.stream_id, name, item=str(has.version), digest=has.mark
    )


async def remember_all(transaction: DeliveryTransaction, receipt: Mapping[str, str]) -> None:
    """Store what a receipt says that the canvas has."""
    for section in _in(receipt):
        version, _, mark = receipt[section.value].partition(":")
        await remember(transaction, section, Known(int(version), mark))


async def fail(
    transaction: DeliveryTransaction, section: PostmortemSection, has: Known | None, why: str
) -> None:
    """Store that a section could not be shown, for doctor; what the canvas has is as before."""
    row, name = transaction.row, f"{header.OF_DRAFT}{section.value}"
    item, digest = (str(has.version), has.mark) if has else ("", "")
    await header.put(
        transaction.session, row.team_id, row.stream_id, name, item=item, digest=digest, error=why
    )


def _in(receipt: Mapping[str, str]) -> Iterable[PostmortemSection]:
    return (each for each in PostmortemSection if each.value in receipt)
