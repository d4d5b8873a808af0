"""`/incident tasks`: the tasks of an incident, to the person who asks only."""

from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.domain.permissions import Capability
from bot.incident.views.tasks import Shown, task_list


@command(
    "tasks",
    "tasks",
    "The tasks of the incident, with buttons",
    "The same list is in the thread of the card. `/incident mine` shows your own tasks in all incidents.",
    about=INCIDENT,
    may=Capability.READ,
    synonyms={"todos": ""},
)
def tasks(request: Request) -> Outcome:
    """Show the list, to this person only."""
    return Reply(task_list(request.about, shown=Shown.PRIVATE))
