"""The drill `full-war-room`: orders are lost, and everything that a war room can do is done once.

Each file has the steps of one topic.
"""

from bot.drills.full_war_room import command, ending, finding, restoring, tasks, timeline, updates
from bot.drills.stage import Step

STEPS: list[Step] = [
    *command.STEPS,
    *restoring.STEPS,
    *updates.STEPS,
    *tasks.STEPS,
    *timeline.STEPS,
    *finding.STEPS,
    *ending.STEPS,
]
