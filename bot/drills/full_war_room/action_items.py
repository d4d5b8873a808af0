"""The drill `full-war-room`: what is to be done afterwards."""

from bot.drills.stage import Stage, Step, must, readable


async def add(stage: Stage) -> str:
    """Add one in a line, and one in the form that asks for what is missing."""
    bob = await stage.mention("bob")
    await stage.command("alice", f"action {bob} in 2 weeks alert when orders double", "ACT-1")
    await stage.told_directly("bob", "gave you an action item", "alert when orders double")
    carol = stage.person("carol")
    opened = await carol.command(stage.room, "/incident", "action me write down how to replay orders")
    must("I still need a day" in readable(opened["modals"]), "the missing day was not asked for")
    refused = await carol.submit(due="2099-01-01")
    told = refused["field_errors"].get("due", "")
    must("more than two years away" in told, "an impossible day was not refused")
    await carol.close(everything=True)
    await stage.command("carol", "action me by friday write down how to replay orders", "ACT-2")
    return "one for bob, who was told privately, and one for carol; an impossible day was refused"


async def settle(stage: Stage) -> str:
    """Finish one with a proof; the other stays open."""
    listed = await stage.command("carol", "actions mine", "ACT-2")
    await stage.press("carol", "action_done", listed)
    await stage.person("carol").submit(proof="it is in the handbook")
    await stage.person("carol").close(everything=True)
    await stage.command("alice", "actions done", "it is in the handbook")
    await stage.command("alice", "actions", "alert when orders double")
    return "carol's is done, with a proof; bob's is listed"


STEPS: list[Step] = [("action items are added", add), ("one is done", settle)]
