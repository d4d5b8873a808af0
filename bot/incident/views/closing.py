"""The question to the war room, once, what is still open after the end; it is part of the message of the end."""

from collections.abc import Mapping

from bot.core.blocks import Block, actions, button, context, section
from bot.core.text import Mrkdwn, local_day, md
from bot.incident.domain.closing import OpenPoints, open_points
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Milestone, mention
from bot.incident.views.tasks import DONE, DROP, Shown, in_one_line, left_open, task_value

TASKS_WITH_BUTTONS = 5  # the others are in the list in the card's thread, and done by their numbers
LABELS = {Milestone.STARTED: "When impact began", Milestone.DETECTED: "When it was detected"}
HINT = Mrkdwn(
    "• What is to be done so that it does not happen again? Each action item has an owner and a date."
)
ADD_ACTION_ITEM = "action_item"  # a button of another subject, which opens its form

Names = Mapping[str, str]


def closing(incident: Incident, policy: Policy, names: Names) -> list[Block]:
    """What is still open, with buttons that do it; nothing if nothing is.

    Args:
        incident: the state.
        policy: whether a postmortem is owed.
        names: people's names by id. A person with a name here is not mentioned.
    """
    points = open_points(incident, policy)
    if not points:
        return []
    if incident.status.is_set_aside:
        return left_open(incident, names)
    head = [section(Mrkdwn("*Before everybody leaves*"))]
    asked = [*_milestones(incident, points), *_owner(incident, points, names)]
    return [
        *head,
        *asked,
        *_tasks(incident, points, names),
        *(_action_items(incident) if points.owes_postmortem else []),
    ]


def _action_items(incident: Incident) -> list[Block]:
    return [section(HINT), actions(button("Add an action item", ADD_ACTION_ITEM, str(incident.number)))]


def _milestones(incident: Incident, points: OpenPoints) -> list[Block]:
    if not points.milestones:
        return []
    missing = " and ".join(each.noun for each in points.milestones)
    asked = [button(LABELS[each], f"milestone_{each}", str(incident.number)) for each in points.milestones]
    return [section(md("• Nobody has recorded {}.", missing)), actions(*asked)]


def _owner(incident: Incident, points: OpenPoints, names: Names) -> list[Block]:
    if not points.without_owner:
        return []
    who = incident.commander
    due_at = incident.postmortem.due_at
    due = md(" It is due {}.", local_day(due_at)) if due_at else Mrkdwn("")
    text = (
        md(
            "• Who writes the postmortem? {}, unless somebody else does.{}",
            names.get(who) or mention(who),
            due,
        )
        if who
        else md("• Who writes the postmortem?{}", due)
    )
    value = str(incident.number)
    mine = button("I'll write it", "postmortem_mine", value)
    return [section(text), actions(mine, button("Choose a person", "postmortem_owner", value))]


def _tasks(incident: Incident, points: OpenPoints, names: Names) -> list[Block]:
    shown = points.tasks[:TASKS_WITH_BUTTONS]
    blocks: list[Block] = []
    for task in shown:
        value = task_value(incident, task, Shown.LIST)
        buttons = actions(button("Done", DONE, value), button("Not needed", DROP, value))
        blocks += [section(in_one_line(task, names)), buttons]
    if more := len(points.tasks) - len(shown):
        blocks.append(context(md("and {} more tasks: `/incident tasks` lists them", more)))
    return blocks
