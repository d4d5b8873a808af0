"""A board: the pack that was made for it, and where it was posted. Its facts, its state, and what Slack shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, assert_never, get_args

from bot.core.decider import Decider, Entry, ListColumns
from bot.core.rewriting import Why
from bot.review.domain.pack import Pack

SHAPE = 1  # of the stored state: change the number if a field is added, removed, or changes its meaning
SUBJECT = "review board"


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        words: the names of the fields that hold what somebody typed or wrote, also of those within the pack.
        actors: the names of the fields that hold the ids of people or machines, likewise.
        links: the names of the fields that lead to a message.
        at: when it happened (UTC).
        by: the id of the person or the machine that did it.
    """

    words: ClassVar[tuple[str, ...]] = ()
    actors: ClassVar[tuple[str, ...]] = ("by",)
    links: ClassVar[tuple[str, ...]] = ()

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMade(BaseFact):
    """The pack was made. It stays as it is, until its words and people are removed."""

    words: ClassVar[tuple[str, ...]] = ("title", "factor", "outcome", "note", "answer", "recent")
    actors: ClassVar[tuple[str, ...]] = ("by", "owner", "asked", "writer")

    number: int
    pack: Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPosted(BaseFact):
    """It is posted in a channel, with its page."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWanted(BaseFact):
    """Somebody wants its page for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesRewritten(BaseFact):
    """Recorded entries were rewritten: a person was forgotten, or the time for which words are kept is over.

    Attributes:
        why: which of these, as a `Why`.
        entries: the numbers of the entries, such as `1-4, 7`.
        count: how many they are.
    """

    why: Why
    entries: str
    count: int


Fact = PackMade | PackPosted | PageWanted | EntriesRewritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The state.

    Attributes:
        version: the number of facts.
        posted: the ids of the channels in which it was posted.
    """

    version: int
    number: int
    pack: Pack
    posted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PostPack:
    """Post the pack in a channel.

    Attributes:
        by: who wanted it; they are told if it cannot be posted.
    """

    channel: str
    by: str


@dataclass(frozen=True, slots=True)
class ShareBoardPage:
    """Share the page and the picture in a channel, after the pack."""

    channel: str


@dataclass(frozen=True, slots=True)
class SendBoardPage:
    """Send a person the page; first a message, because Slack shares files by a channel's id only.

    Attributes:
        channel: the direct message; empty as long as it is not known.
    """

    person: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class TellNotPosted:
    """Tell whoever wanted the pack posted that it could not be."""

    person: str
    channel: str
    reason: str


Effect = PostPack | ShareBoardPage | SendBoardPage | TellNotPosted


def make(number: int, pack: Pack, *, channel: str = "", by: str, now: datetime) -> Sequence[Fact]:
    """Keep a pack, and post it in a channel; without a channel, send its page to whoever wants it."""
    made = PackMade(at=now, by=by, number=number, pack=pack)
    return (made, PackPosted(at=now, by=by, channel=channel) if channel else PageWanted(at=now, by=by))


def again(_board: Board, *, channel: str = "", by: str, now: datetime) -> Sequence[Fact]:
    """Post a kept pack in a channel as well, or send its page."""
    return (PackPosted(at=now, by=by, channel=channel) if channel else PageWanted(at=now, by=by),)


def evolve(board: Board | None, fact: Fact) -> Board:
    """The state after a fact.

    Raises:
        ValueError: the first fact is not that it was made, or a later one is.
    """
    if board is None and isinstance(fact, PackMade):
        return Board(version=1, number=fact.number, pack=fact.pack)
    if board is None or isinstance(fact, PackMade):
        raise ValueError("a history begins with PackMade, and has it once")
    after = replace(board, version=board.version + 1)
    match fact:
        case PackPosted():
            return replace(after, posted=tuple(dict.fromkeys([*board.posted, fact.channel])))
        case EntriesRewritten(why=Why.RETENTION):
            since = board.pack.removed_on or fact.at.date()
            return replace(after, pack=replace(board.pack, removed_on=since))
        case PageWanted() | EntriesRewritten():
            return after
        case _:
            assert_never(fact)


def fold(history: Iterable[Fact]) -> Board:
    """The state after all facts.

    Raises:
        ValueError: there are none, or the history is broken.
    """
    board: Board | None = None
    for fact in history:
        board = evolve(board, fact)
    if board is None:
        raise ValueError("a history has at least one fact")
    return board


def react(entries: Sequence[Entry[Fact]], _board: Board) -> Sequence[Effect]:
    """What Slack shows of these facts."""
    found: list[Effect] = []
    for entry in entries:
        match entry.fact:
            case PackPosted(channel=channel, by=by):
                found.append(PostPack(channel, by))
            case PageWanted(by=by):
                found.append(SendBoardPage(by))
            case PackMade() | EntriesRewritten():
                continue
            case _:
                assert_never(entry.fact)
    return found


def reference(number: int) -> str:
    """A board's name in messages for administrators."""
    return f"BOARD-{number}"


BOARD: Decider[Board, Fact] = Decider(
    subject=SUBJECT,
    shape=SHAPE,
    state=Board,
    facts={kind.__name__: kind for kind in get_args(Fact)},
    evolve=evolve,
    fold=fold,
    list_columns=lambda _: ListColumns(closed=True, rank=1, private=False),
    reference=reference,
    rewritten=EntriesRewritten,
    ages_from_start=True,
)
