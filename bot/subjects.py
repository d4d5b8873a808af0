"""All subjects. Add a new one here, and build it in `app.py`."""

from collections.abc import Mapping

from bot.engine.subject import SubjectKind
from bot.followup import near_miss_subject as near_misses
from bot.followup import subject as followup
from bot.incident import subject as incident
from bot.incident.commands import registry
from bot.review import commands as review_commands
from bot.review import subject as board

SUBJECTS: Mapping[str, SubjectKind] = {
    each.name: each for each in (incident.KIND, followup.KIND, near_misses.KIND, board.KIND)
}

FIGURES = tuple(figure for each in SUBJECTS.values() for figure in each.figures)
ROUTES = tuple(route for each in SUBJECTS.values() for route in each.routes)
REGISTRIES = {name: each.registry for name, each in SUBJECTS.items()}


def discover_commands() -> None:
    """Let every subject register its commands; those of the look back are about more than its boards."""
    for each in SUBJECTS.values():
        if each.commands:
            registry.discover(each.commands)
    registry.discover(review_commands)
