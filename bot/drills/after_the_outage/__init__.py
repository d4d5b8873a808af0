"""The drill `after-the-outage`: what follows an incident, over three weeks.

Each file has the steps of one part. They stand here in the order in which they are played; a part leaves behind what the
ones after it look at.
"""

from bot.drills.after_the_outage import (
    approving,
    board,
    figures,
    following_up,
    near_miss,
    outage,
    planning,
    writing,
)
from bot.drills.stage import Step

STEPS: list[Step] = [
    *outage.STEPS,
    *writing.STEPS,
    *approving.STEPS,
    *planning.STEPS,
    *near_miss.STEPS,
    *board.STEPS,
    *following_up.STEPS,
    *board.FOLLOWED,
    *following_up.OVERDUE,
    *figures.STEPS,
]
