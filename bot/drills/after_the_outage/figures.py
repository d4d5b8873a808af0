"""The drill `after-the-outage`: the figures of these weeks."""

from bot.drills.after_the_outage.outage import LASTED, MITIGATED
from bot.drills.stage import Stage, Step, must, readable


async def figures(stage: Stage) -> str:
    """They say how long it took."""
    shown = await stage.command("alice", "metrics 30d", "1 incident declared from", channel="general")
    for minutes in (MITIGATED, LASTED):
        must(f"{minutes} min" in readable(shown), f"the figures lack the {minutes} min of INC-1")
    empty = await stage.command("alice", "metrics 7d", channel="general")
    must("1 incident" not in readable(empty), "an incident of three weeks ago counts for this week")
    return f"one incident: mitigated after {MITIGATED} min, resolved after {LASTED} min"


STEPS: list[Step] = [("the figures of these weeks", figures)]
