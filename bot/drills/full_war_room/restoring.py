"""The drill `full-war-room`: restore first. Thoughts about the cause are parked, decisions are recorded."""

from bot.drills.stage import Stage, Step, has, must

OBJECTION_WINDOW = 5  # minutes, as in policy.yml


async def park(stage: Stage) -> str:
    """Park a thought by a command and a message by its menu; both are in the list."""
    await stage.command("bob", "park is it the new queue?", "P1", "is it the new queue?")
    said = await stage.person("carol").say(stage.room, "Did somebody change the retention yesterday?")
    message = said["messages"][-1]
    await stage.person("bob").shortcut("park_message", channel=stage.room, ts=message["ts"])
    await stage.shows("alice", "P2", "Did somebody change the retention")
    await stage.command("alice", "park", "is it the new queue?", "Did somebody change the retention")
    return "two thoughts about the cause wait for the postmortem"


async def objection(stage: Stage) -> str:
    """Decide with risk and way back; somebody objects, and it is open again."""
    alice = stage.person("alice")
    await alice.command(stage.room, "/incident", "decision")
    await alice.submit(
        text="Drop the stuck messages", risk="Their orders are lost for good.", way_back="None."
    )
    shown = await stage.shows("bob", "Drop the stuck messages", "Strong objection")
    await stage.press("bob", "decision_object", shown)
    await stage.person("bob").submit(reason="They can be replayed.")
    await stage.shows("alice", "They can be replayed.")
    return "bob's strong objection opened it again, with his reason"


async def decision_stands(stage: Stage) -> str:
    """Decide otherwise; after the window, silence lets it stand."""
    await stage.person("alice").command(stage.room, "/incident", "decision Replay them from the log")
    await stage.shows("bob", "Replay them from the log", "Strong objection")
    await stage.forward(OBJECTION_WINDOW)
    shown = await stage.shows("bob", "Replay them from the log", "stands")
    must(not has(shown, "Strong objection"), "the decision can still be objected to")
    await stage.command("bob", "decisions", "Replay them from the log", "Drop the stuck messages")
    return "after five minutes of silence the other decision stands"


STEPS: list[Step] = [
    ("thoughts about the cause are parked", park),
    ("a decision meets an objection", objection),
    ("a decision stands", decision_stands),
]
