"""The pack as one page of HTML that needs nothing else: it can be kept, mailed and printed."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from bot.incident.domain.links import LinkPattern
from bot.incident.domain.vocabulary import reference
from bot.incident.views.drawing.colours import DARK, LIGHT, variables
from bot.review.domain.pack import Pack
from bot.review.views import board_words as words
from bot.review.views.board_line import PAGE_COLOURS, svg
from bot.review.views.board_words import Names
from bot.review.views.environment import environment


def board_page(pack: Pack, names: Names, link: LinkPattern | None = None) -> str:
    """The page. `names` are people's names by their ids; `link` says where incidents have an address."""
    return environment().get_template("board.html.j2").render(_context(pack, names, link))


def filename(pack: Pack) -> str:
    """The name of its file, for any system."""
    kept = "".join(letter if letter.isalnum() or letter in "-." else "-" for letter in pack.words.lower())
    return f"review-board-{kept}.html"


def _context(pack: Pack, names: Names, link: LinkPattern | None) -> Mapping[str, Any]:
    drawing = svg(pack, PAGE_COLOURS, alone=False)
    return {
        "pack": pack,
        "title": words.heading(pack),
        "days": words.days(pack),
        "summary": words.summary(pack),
        "notes": words.notes(pack),
        "light": Markup(variables(LIGHT)),  # noqa: S704  # constants
        "dark": Markup(variables(DARK)),  # noqa: S704  # constants
        "drawing": Markup(drawing) if pack.incidents else "",  # noqa: S704  # escaped in its own template
        "incidents": [
            {
                "incident": each.reference,
                "link": link.of(each.number) if link else "",
                "title": words.title(each.title),
                "severity": each.severity.label,
                "status": each.status.value,
                "declared": words.local(each.declared_at, pack),
                "lasted": words.lasted(each, pack),
            }
            for each in pack.incidents
        ],
        "lists": [each for each in _lists(pack, names) if each["rows"] or each["nothing"]],
        "made": words.made(pack),
        "evenness": words.EVENNESS if pack.evenness else "",
    }


def _lists(pack: Pack, names: Names) -> Sequence[Mapping[str, Any]]:
    """The parts of the page that are lists: each row has a mark, a name and what is told of it."""
    return [
        _list(
            "Postmortems that are owed",
            [
                (
                    reference(each.number),
                    f"{each.severity.label} {words.title(each.title)}",
                    words.owed(each, pack, names),
                )
                for each in pack.owed
            ],
            "None is owed.",
        ),
        _list(
            "What returns",
            [
                (each.kind.value, words.title(each.name), words.recurring(each, pack))
                for each in pack.recurring
            ],
            f"No service and no contributing factor of this span was in another incident of the last {pack.weeks} weeks."
            if pack.incidents
            else "",
        ),
        _list(
            f"What boards have decided{f' (the last board: {pack.last_board})' if pack.last_board else ''}",
            [
                (
                    each.reference,
                    words.title(each.title),
                    f"{words.kind(each)}: {words.became(each, pack.today, names)}",
                )
                for each in pack.decided
            ],
            "The last board has decided nothing, and nothing of earlier ones is open."
            if pack.last_board
            else "",
        ),
        _list(
            "Action items that are overdue",
            [
                (each.reference, words.title(each.title), words.overdue(each, pack.today, names))
                for each in pack.overdue
            ],
            "None is overdue.",
        ),
        _list(
            "Action items that were completed",
            [(each.reference, words.title(each.title), words.done(each, names)) for each in pack.done],
            "None was completed.",
        ),
        _list("Promised updates", [("", words.promises(pack), "")] if pack.promises.total else [], ""),
        _list(
            "Near misses",
            [
                (each.reference, words.title(each.title), words.near_miss(each, pack))
                for each in pack.near_misses
            ],
            "None was reported, and none waits for an answer.",
        ),
        _list(
            "How evenly the load is spread",
            [("", words.evenness(pack.evenness), words.EVENNESS)] if pack.evenness else [],
            "",
        ),
    ]


def _list(heading: str, rows: Sequence[tuple[str, str, str]], nothing: str) -> Mapping[str, Any]:
    return {"heading": heading, "rows": rows, "nothing": nothing}
