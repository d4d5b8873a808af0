"""The drill `full-war-room`: orders are lost, and everything that a war room can do is done once.

Each file has the steps of one topic.
"""

from bot.drills.full_war_room import (
    action_items,
    command,
    ending,
    finding,
    near_misses,
    policy,
    privacy,
    reaching_out,
    restoring,
    reviewing,
    rooms,
    tasks,
    timeline,
    updates,
)
from bot.drills.stage import Step

STEPS: list[Step] = [
    *command.STEPS,
    *reaching_out.STEPS,
    *restoring.STEPS,
    *updates.STEPS,
    *tasks.STEPS,
    *timeline.STEPS,
    *rooms.RENAMED,
    *finding.STEPS,
    *rooms.OTHERS,
    *policy.STEPS,
    *privacy.STEPS,
    *ending.STEPS,
    *action_items.STEPS,
    *near_misses.STEPS,
    *rooms.ENDED,
    *ending.DRAFT,
    *reviewing.STEPS,
    *rooms.CLOSED,
]
