"""`/incident help`, `/incident` alone, and the answer to unknown commands."""

from bot.incident.commands.elsewhere import nearest_to
from bot.incident.commands.registry import COMMANDS, NOTHING, About, command, find_command, nearest
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.domain.permissions import Capability
from bot.incident.views import help as views


@command(
    "help",
    "help [command]",
    "All commands, or more about one",
    about=NOTHING,
    may=Capability.READ,
    synonyms={"?": "", "commands": "", "usage": ""},
)
def help_(request: Request) -> Outcome:
    """Show all commands, or one."""
    asked = request.text.strip().split(" ")[0].lower()
    if not asked:
        groups = [
            views.Section(
                about.value, [each for _, each in sorted(COMMANDS.items()) if each.action.about is about]
            )
            for about in About
        ]
        policy = request.policy
        marks = (
            ("puts it on the timeline", policy.note_reactions),
            ("makes it a task", policy.task_reactions),
            ("makes it an action item", policy.action_item_reactions),
        )
        return Reply(views.help_all(groups, marks))
    if found := find_command(asked):
        return Reply(views.help_one(found[0]))
    return unknown(asked)


def menu(request: Request) -> Outcome:
    """Answer `/incident` alone."""
    return Reply(views.menu(request.incident, request.open_incidents))


def unknown(typed: str) -> Outcome:
    """Answer an unknown command: what comes nearest to it, or what it may be a misspelling of."""
    if known := nearest_to(typed):
        return Reply(views.not_here(typed, known))
    return Reply(views.unknown(typed, nearest(typed)))
