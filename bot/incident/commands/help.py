"""`/incident help`, `/incident` alone, and the answer to unknown words."""

from bot.incident.commands.registry import NOTHING, WORDS, About, nearest, word
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.views import help as views


@word(
    "help",
    "help [command]",
    "All commands, or more about one",
    about=NOTHING,
    synonyms={"?": "", "commands": "", "usage": ""},
)
def help_(request: Request) -> Outcome:
    """Show all words, or one."""
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
    """Answer `/incident` alone."""
    return Reply(views.menu(request.incident, request.open_incidents))


def unknown(typed: str) -> Outcome:
    """Answer an unknown word."""
    return Reply(views.unknown(typed, nearest(typed)))
