"""`/incident review`: the pack of the review board, now or as it was posted."""

from collections.abc import Callable
from functools import partial

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.dedup import DedupKey, same_press
from bot.core.page_links import PageName
from bot.core.text import Mrkdwn, md
from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants, Write
from bot.incident.domain.permissions import Capability
from bot.incident.views.page_links import with_page
from bot.review.commands import load
from bot.review.commands.board_loaded import PACK, LoadedPack, pack_of
from bot.review.domain.board import SUBJECT, Board, again, make
from bot.review.views import board_message as views
from bot.review.views import board_words as words


@command(
    "review",
    "review [span]",
    "The pack of the review board: incidents, what is owed and overdue, what returns, what was decided",
    "A span is `last week` (the default), `2026-W48`, `14d`, `2026-11` and the like. Only you see the answer, until you post "
    "it. A week whose pack was posted is shown as it was posted. Private incidents are only counted.",
    about=NOTHING,
    may=Capability.READ,
    wants=Wants.LINKS,
    loads=PACK,
    synonyms={"board": "", "pack": ""},
)
def review(request: Request) -> Outcome:
    """Show it to this person only."""
    found = pack_of(request)
    if isinstance(found, Refused):
        return found
    made = views.answer(found.pack, found.pack.words, found.names, is_kept=found.board is not None)
    return Reply(with_page(made, request.page_link(PageName.BOARD, found.pack.words)))


@button(views.POST, about=NOTHING, may=Capability.READ, loads=PACK)
def post(request: Request) -> Outcome:
    """Post it in this channel, with its page, and keep it."""
    found = pack_of(request)
    if isinstance(found, Refused):
        return found
    if not request.channel:
        return Refused("Type `/incident review` in the channel in which it is to be posted.")

    def done(board: Board) -> Message:
        return Message.of(
            md("{} is posted here in a moment, with its page, and kept.", words.heading(board.pack))
        )

    key = same_press(f"board:post:{found.pack.words}:{request.channel}")
    return _kept(request, found, done, key, channel=request.channel)


@button(views.PAGE, about=NOTHING, may=Capability.READ, loads=PACK)
def page(request: Request) -> Outcome:
    """Send its page to this person only."""
    found = pack_of(request)
    if isinstance(found, Refused):
        return found
    key = same_press(f"board:page:{found.pack.words}:{request.actor}")
    return _kept(request, found, _sent, key)


@button(views.LOAD, about=NOTHING, may=Capability.SEE_LOAD)
def by_name(request: Request) -> Outcome:
    """The load of each person in the same span, to this person only: to those whom the policy names."""
    return load.look(request, request.metadata.get("zone"))


def _sent(_board: Board) -> Message:
    return Message.of(Mrkdwn("The page comes to you in a direct message."))


def _kept(
    request: Request, found: LoadedPack, done: Callable[[Board], Message], key: DedupKey, channel: str = ""
) -> Write:
    """Keep the pack, or use the one that is kept."""
    if found.board:
        rule = partial(again, channel=channel, by=request.actor, now=request.now)
        return Write(SUBJECT, found.board.number, rule, done, (key,))
    begun = partial(make, pack=found.pack, channel=channel, by=request.actor, now=request.now)
    return Write(SUBJECT, None, begun, done, (key,))
