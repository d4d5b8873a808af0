"""The drill `full-war-room`: finding one's way among several incidents."""

from bot.drills.stage import Stage, Step, must, readable


async def similar(stage: Stage) -> str:
    """Begin to declare the same again: the form shows the open one, to join instead."""
    erin = stage.person("erin")
    form = await erin.command("general", "/incident", "declare orders are missing, lost?")
    must("INC-1" in readable(form["modals"]), "the form does not show the open incident")
    await erin.submit(title="Orders are missing", severity="3")
    await stage.shows("erin", "INC-3", channel="incidents")
    return "the form showed INC-1; erin declared another one all the same"


async def find(stage: Stage) -> str:
    """Find by words, by severity and one's own; show one anywhere."""
    await stage.command("frank", "list lost", "INC-1", channel="general")
    await stage.command("frank", "list sev3", "INC-3", channel="general")
    await stage.command("alice", "list mine", "INC-1", channel="general")
    await stage.command("frank", "show INC-1", "last hour are lost", "War room", channel="general")
    home = await stage.person("alice").open_home()
    must(home["ok"], "the Home tab did not open")
    shown = await stage.person("alice").until(lambda snapshot: snapshot["home"])
    must("INC-1" in readable(shown), "the Home tab does not show INC-1")
    return "by words, severity and one's own; shown in another channel and in the Home tab"


async def duplicate(stage: Stage) -> str:
    """Close the second as a duplicate; its timeline and people come over."""
    await stage.person("erin").command("general", "/incident", "duplicate INC-3: of INC-1")
    await stage.shows("alice", "INC-3", "duplicate")
    await stage.card("INC-3")
    return "INC-3 is closed, and its people were brought over"


async def cancel(stage: Stage) -> str:
    """Declare and cancel a false alarm."""
    await stage.person("frank").command("general", "/incident", "declare sev4 A test page is down")
    await stage.shows("frank", "INC-4", channel="incidents")
    await stage.person("frank").command("general", "/incident", "cancel INC-4: it was a test")
    await stage.shows("alice", "INC-4", "cancelled", channel="incidents")
    return "INC-4 was a false alarm, and the announcement says so"


STEPS: list[Step] = [
    ("the same is declared again", similar),
    ("incidents are found", find),
    ("a duplicate is merged", duplicate),
    ("a false alarm is cancelled", cancel),
]
