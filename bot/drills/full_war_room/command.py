"""The drill `full-war-room`: declaration, roles and command."""

from bot.drills.stage import Stage, Step, must


async def declare(stage: Stage) -> str:
    """Declare with one line, without a form; the answer becomes the link to the war room."""
    alice = stage.person("alice")
    await alice.command("general", "/incident", "declare sev2 Orders are lost")
    linked = await stage.shows("alice", "INC-1", "<#", channel="general")
    stage.room = str(linked["text"]).split("<#")[1].split(">")[0].split("|")[0]
    snapshot = await alice.see(stage.room)
    stage.channel, stage.incident = snapshot["channel"]["name"], "INC-1"
    await stage.card("INC-1", "Orders are lost", "SEV2", "nobody yet")
    return f"one line opened #{stage.channel}"


async def newcomers(stage: Stage) -> str:
    """People join, and are told privately how it stands and what is needed."""
    for name in ("bob", "carol", "dave"):
        await stage.person(name).join(stage.room)
    await stage.told_directly("bob", "Orders are lost", "Needed", "somebody who takes command")
    await stage.command("carol", "catchup", "Orders are lost")
    return "bob, carol and dave were told privately how it stands and what is needed"


async def take_command(stage: Stage) -> str:
    """Take command by a synonym, with the title that the card shows."""
    await stage.command("bob", "ic me", "Bob Brown became Incident Commander")
    await stage.told_directly("bob", "You have command of *INC-1*")
    return "bob has command, and a brief"


async def roles(stage: Stage) -> str:
    """Give roles, in any order of the words; the duties come privately, and one is declined by a click."""
    carol, dave, frank = [await stage.mention(name) for name in ("carol", "dave", "frank")]
    await stage.command("bob", f"assign scribe {carol}", "became Scribe")
    await stage.command("bob", f"assign {dave} as the communications lead", "became Communications Lead")
    await stage.command("bob", f"assign liaison {frank}", "became Customer Liaison")
    duties = await stage.told_directly("frank", "You are *Customer Liaison* of *INC-1*")
    await stage.press("frank", "decline_role", duties)
    await stage.shows("alice", "cannot take the role of Customer Liaison")
    await stage.command("alice", "who", "*Scribe*", "*Communications Lead*", "Here without a role")
    return "scribe and communications lead; frank declined with a click"


async def handoff(stage: Stage) -> str:
    """Offer command; it passes when the other person accepts, who then gets a brief."""
    alice = await stage.mention("alice")
    await stage.person("bob").command(stage.room, "/incident", f"handoff {alice}")
    offer = await stage.shows("alice", "Accept command", "Decline")
    await stage.card(f"*Commander* {await stage.mention('bob')}")
    await stage.press("alice", "handoff_accept", offer)
    await stage.card(f"*Commander* {alice}")
    await stage.told_directly("alice", "You have command of *INC-1*")
    return "bob held command until alice accepted it"


async def takeover(stage: Stage) -> str:
    """Ask for command; the commander keeps it."""
    await stage.person("dave").command(stage.room, "/incident", "takeover")
    asked = await stage.shows("alice", "Hand over", "Keep command")
    await stage.press("alice", "takeover_keep", asked)
    await stage.shows("dave", "keeps command")
    return "dave asked for command, alice kept it"


async def leave(stage: Stage) -> str:
    """Step down; the room is told who left which role."""
    await stage.person("dave").command(stage.room, "/incident", "leave")
    await stage.shows("alice", "Dave", "Communications Lead")
    answer = await stage.command("alice", "who", "*Scribe*")
    must("*Communications Lead* <@" not in str(answer), "dave is still communications lead")
    return "dave stepped down"


STEPS: list[Step] = [
    ("declared with one line", declare),
    ("people join", newcomers),
    ("bob takes command", take_command),
    ("roles are given, one is declined", roles),
    ("command is handed off", handoff),
    ("command is asked for", takeover),
    ("somebody steps down", leave),
]
