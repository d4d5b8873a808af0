"""The drill `full-war-room`: tasks."""

from bot.drills.stage import Stage, Step, must


async def add(stage: Stage) -> str:
    """Give somebody a task by a command, and make one from a message."""
    bob = await stage.mention("bob")
    await stage.person("alice").command(
        stage.room, "/incident", f"task {bob} check the replica's lag in 10 min"
    )
    await stage.told_directly("bob", "check the replica's lag")
    said = await stage.person("carol").say(stage.room, "Somebody should tell the shipping team")
    message = said["messages"][-1]
    await stage.person("carol").shortcut("make_task", channel=stage.room, ts=message["ts"])
    await stage.person("carol").submit()
    await stage.command("carol", "tasks", "check the replica's lag", "tell the shipping team")
    return "one for bob, who was told privately, and one from a message"


async def remind(stage: Stage) -> str:
    """Remind at the chosen time, only the person whose task it is."""
    await stage.forward(10)
    await stage.told_directly("bob", "check the replica's lag", "due")
    return "bob was reminded privately at the chosen time"


async def done(stage: Stage) -> str:
    """Take a task and finish both; nothing is posted in the room."""
    before = await stage.posted("alice")
    await stage.command("bob", "task done 1", "T1")
    await stage.command("bob", "task 2 me", "T2")
    await stage.command("bob", "mine", "tell the shipping team")
    await stage.command("bob", "task done 2", "T2")
    must(await stage.posted("alice") == before, "the room was told of a task")
    return "both are done; the list in the card's thread says so, and the room heard nothing"


STEPS: list[Step] = [("tasks are given", add), ("a task is due", remind), ("tasks are done", done)]
