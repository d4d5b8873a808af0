"""The drill `full-war-room`: the end and what remains."""

from bot.drills.stage import Stage, Step, must


async def milestone(stage: Stage) -> str:
    """Correct a milestone; an impossible order is refused."""
    await stage.person("carol").command(stage.room, "/incident", "milestone detected 70 min ago")
    await stage.shows("alice", "etected")
    answer = await stage.person("carol").command(stage.room, "/incident", "milestone mitigated 75 min ago")
    must(answer["messages"], "an impossible milestone was not refused")
    return "detected before it was declared; a resolution before that was refused"


async def lower(stage: Stage) -> str:
    """Lower the severity, which is praised."""
    await stage.command("alice", "severity sev3 nearly all orders are back", "lowered from SEV1 to SEV3")
    return "SEV1 → SEV3"


async def resolve_and_reopen(stage: Stage) -> str:
    """Resolve, reopen with a reason, and resolve again by a synonym."""
    await stage.command("alice", "resolve replayed all orders", "Incident resolved", "replayed all orders")
    await stage.command("bob", "reopen ten orders are still missing", "ten orders are still missing")
    await stage.card("Resolve")
    await stage.person("alice").command(stage.room, "/incident", "fixed replayed the last ten too")
    await stage.person("alice").submit()
    await stage.shows("bob", "Incident resolved", "replayed the last ten too")
    await stage.card("resolved", "Reopen")
    return "resolved, reopened with a reason, resolved with “fixed …”"


async def postmortem(stage: Stage) -> str:
    """The draft opens with what was parked, and has decisions, tasks, action items, promises and the merged incident."""
    text = await stage.write_draft(
        "alice",
        "is it the new queue?",
        "Replay them from the log",
        "check the replica's lag",
        "began to double",
        "INC-3",
        "alert when orders double",
        "done: it is in the handbook",
        "updates in time",
    )
    must("hunter2" not in text, "the draft has the secret")
    return f"written to {stage.draft}"


STEPS: list[Step] = [
    ("a milestone is corrected", milestone),
    ("the severity is lowered", lower),
    ("resolved, reopened, resolved", resolve_and_reopen),
]

DRAFT: list[Step] = [("the postmortem draft", postmortem)]
