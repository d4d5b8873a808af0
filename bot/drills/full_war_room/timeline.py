"""The drill `full-war-room`: the timeline and its corrections."""

import re

from bot.drills.stage import Stage, Step, download, must, readable


async def notes(stage: Stage) -> str:
    """Notes by command, reaction and pin; taking the reaction back takes its note out."""
    await stage.command("carol", "note at 20 min ago the queue began to grow", "the queue began to grow")
    said = await stage.person("bob").say(stage.room, "The log has all orders of the last day")
    ts = said["messages"][-1]["ts"]
    await stage.person("carol").react(stage.room, ts, "pushpin")
    await stage.command("carol", "timeline", "The log has all orders of the last day")
    other = await stage.person("bob").say(stage.room, "The replay is at 60 percent")
    await stage.person("carol").pin(stage.room, other["messages"][-1]["ts"])
    await stage.command("carol", "timeline", "The replay is at 60 percent")
    await stage.person("carol").unreact(stage.room, ts, "pushpin")
    await stage.command("carol", "timeline struck", "The log has all orders of the last day")
    return "one with its own time, one pinned, one taken out with its reaction"


async def correct(stage: Stage) -> str:
    """Correct a note, and strike one with its words."""
    number = await _number(stage, "the queue began to grow")
    await stage.command("carol", f"timeline fix {number} the queue began to double", "began to double")
    await stage.command("bob", "note the password is hunter2", "the password is hunter2")
    number = await _number(stage, "the password is hunter2")
    await stage.command("bob", f"strike {number} secret", "removed")
    await stage.command("carol", "timeline", "began to double")
    answer = await stage.command("carol", f"timeline {number}", f"#{number}")
    must("hunter2" not in readable(answer), "the secret is still there")
    return "a note was corrected; the words of a secret are gone"


async def export(stage: Stage) -> str:
    """Get the timeline as a file."""
    await stage.person("carol").command(stage.room, "/incident", "timeline export md")
    message = await stage.told_directly("carol", "inc-1-timeline.md")
    text = await download(message)
    must("began to double" in text and "hunter2" not in text, "the file is not the timeline")
    return "carol got the timeline as a file"


async def _number(stage: Stage, words: str) -> int:
    """The number of the entry with these words."""
    shown = readable(await stage.command("carol", "timeline", words))
    found = re.search(rf"`#(\d+)`[^\n]*{re.escape(words)}", shown)
    must(found, f"“{words}” is not on the timeline")
    return int(found[1]) if found else 0


STEPS: list[Step] = [
    ("notes are taken", notes),
    ("the timeline is corrected", correct),
    ("the timeline is exported", export),
]
