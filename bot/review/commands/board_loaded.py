"""What is loaded for the handlers of the review board, by the names that they give as `loads`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.decision import Refused
from bot.incident.commands.request import Request
from bot.review.domain.board import Board
from bot.review.domain.pack import Pack

PACK, BOARD, TOPIC = "review pack", "review board", "review topic"  # the names of the loaders
GONE = Refused("That board is not there any more. `/incident review` makes its pack anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPack:
    """A pack that somebody asked for.

    Attributes:
        board: the board that keeps it; None if it was made now.
        names: people's names, by their ids.
    """

    pack: Pack
    board: Board | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def pack_of(request: Request) -> LoadedPack | Refused:
    """The pack that was asked for, or why there is none.

    Raises:
        TypeError: the handler is not marked `loads=PACK`.
    """
    if isinstance(request.loaded, LoadedPack | Refused):
        return request.loaded
    raise TypeError("this handler needs a pack: mark it loads=PACK")


def board_of(request: Request) -> Board | Refused:
    """The board whose button or form it is."""
    return request.loaded if isinstance(request.loaded, Board | Refused) else GONE
