"""`/incident help`, `/incident` alone, and the answer to words that are none."""

from bot.incident.commands.registry import NOTHING, WORDS, About, nearest, word
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.views import help as views


@word(
    "help",
    "help [word]",
    "What there is, or more about one word",
    about=NOTHING,
    synonyms={"?": "", "commands": "", "usage": ""},
)
def help_(request: Request) -> Outcome:
    """All words, or one."""
    asked = request.text.strip().split(" ")[0].lower()
    if not asked:
        groups = [
            views.Section(about.value, [each for each in WORDS.values() if each.action.about is about])
            for about in About
        ]
        return Reply(views.help_all(groups))
    if asked in WORDS:
        return Reply(views.help_one(WORDS[asked]))
    return Reply(views.unknown(asked, nearest(asked)))


def menu(request: Request) -> Outcome:
    """`/incident` alone."""
    return Reply(views.menu(request.incident, request.open_incidents))


def unknown(typed: str) -> Outcome:
    """A word that there is not."""
    return Reply(views.unknown(typed, nearest(typed)))
