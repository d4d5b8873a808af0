"""The drill `full-war-room`: the title is corrected, a channel is adopted, one that is over is recorded, rooms are archived."""

from bot.drills.stage import Stage, Step, must, readable

ARCHIVE_AFTER = 14 * 24 * 60  # minutes, as in policy.yml
ASKED_AHEAD = 24 * 60


async def rename(stage: Stage) -> str:
    """Correct the title; card, channel and announcement follow."""
    await stage.command("bob", "rename Orders of the last hour are lost", "Orders of the last hour are lost")
    await stage.card("INC-1 · Orders of the last hour are lost")
    await stage.shows("frank", "Orders of the last hour are lost", channel="incidents")

    def renamed(snapshot: dict[str, dict[str, str]]) -> str | None:
        name = snapshot["channel"]["name"]
        return name if "last-hour" in name else None

    stage.channel = await stage.person("bob").until(renamed, stage.room)
    return f"card, announcement and #{stage.channel} have the new title"


async def adopt(stage: Stage) -> str:
    """Make the channel where people already talk the war room of a new incident."""
    dave = stage.person("dave")
    await dave.command("payments", "/incident", "adopt sev4 Refunds are slow")
    shown = await stage.shows("dave", "Refunds are slow", "Take command", channel="payments")
    must("INC-" in readable(shown), "the card has no reference")
    await stage.command("dave", "resolve it was a slow bank", "Incident resolved", channel="payments")
    return "#payments was the war room of an incident"


async def over_already(stage: Stage) -> str:
    """Record one that is over: no war room, nobody is called, and it is in the list."""
    carol = stage.person("carol")
    await carol.command("general", "/incident", "declare --resolved The night export was empty")
    await carol.submit(summary="Ran it again.")
    await stage.command("carol", "list all export", "The night export was empty", channel="general")
    return "it is in the list, without a war room"


async def closing(stage: Stage) -> str:
    """The message of the end asks what is open, and is edited as it is done."""
    shown = await stage.shows("alice", "Incident resolved", "Who writes the postmortem?")
    await stage.press("alice", "postmortem_mine", shown)
    await stage.shows("bob", "Incident resolved", "Alice Adams")
    return "alice writes the postmortem"


async def archive(stage: Stage) -> str:
    """Ask a day before; with a click the room is archived."""
    await stage.forward(ARCHIVE_AFTER - ASKED_AHEAD)
    asked = await stage.shows("alice", "I will archive this channel")
    await stage.press("alice", "room_archive", asked)

    def archived(snapshot: dict[str, dict[str, bool]]) -> bool:
        return snapshot["channel"]["is_archived"]

    await stage.person("alice").until(archived, stage.room)
    await stage.shows("frank", "INC-1", "(archived)", channel="incidents")
    return "the room was asked a day before and archived with a click"


RENAMED: list[Step] = [("the title is corrected", rename)]
OTHERS: list[Step] = [("a channel is adopted", adopt), ("one that is over is recorded", over_already)]
ENDED: list[Step] = [("the end asks what is open", closing)]
CLOSED: list[Step] = [("the room is archived", archive)]
