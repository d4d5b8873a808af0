"""The sentence for each fact about tasks: raw text, as in `bot.incident.views.facts`."""

from bot.core.text import close_code_block, moment
from bot.incident.domain import facts
from bot.incident.domain.tasks import task_reference
from bot.incident.domain.vocabulary import RoleEndReason, mention
from bot.incident.views.attribution import with_attribution


def task_sentence(fact: facts.TaskFact) -> str:
    """What happened to a task, and who did it."""
    by = f"by {mention(fact.by)}"
    match fact:
        case facts.TaskAdded():
            whom = f" for {mention(fact.assignee)}" if fact.assignee else ""
            reminder = f", reminder {moment(fact.due_at)}" if fact.due_at else ""
            return with_attribution(
                f"Task {task_reference(fact.number)} added{whom}: {fact.text}", f"{by}{reminder}"
            )
        case facts.TaskAssigned():
            return _assigned(fact)
        case facts.TaskDone():
            return with_attribution(f"Task {task_reference(fact.number)} done: {fact.text}", by)
        case facts.TaskReopened():
            return with_attribution(f"Task {task_reference(fact.number)} is open again: {fact.text}", by)
        case facts.TaskDropped():
            return with_attribution(f"Task {task_reference(fact.number)} dropped: {fact.text}", by)
        case facts.TasksFreed():
            gone = "left the room" if fact.why is RoleEndReason.LEFT else "was deactivated in Slack"
            return f"{mention(fact.person)} {gone}: nobody has {_tasks(fact.numbers)} now"
        case _:
            raise ValueError(f"{type(fact).__name__} is no fact about a task")


def _assigned(fact: facts.TaskAssigned) -> str:
    task, by = task_reference(fact.number), f"by {mention(fact.by)}"
    before = f", until now {mention(fact.previous)}'s" if fact.previous else ""
    if fact.assignee is None:
        return with_attribution(f"Nobody has task {task} now{before}: {fact.text}", by)
    if fact.assignee == fact.by:
        return close_code_block(f"{mention(fact.by)} took task {task}{before}: {fact.text}")
    return with_attribution(f"Task {task} given to {mention(fact.assignee)}{before}: {fact.text}", by)


def _tasks(numbers: tuple[int, ...]) -> str:
    """`task T2`, or `tasks T2, T3 and T5`."""
    *first, last = (task_reference(number) for number in numbers)
    return f"tasks {', '.join(first)} and {last}" if first else f"task {last}"
