"""The drill `full-war-room`: the policy is changed while the bot runs. It has services, addresses and rights from then on."""

import re
from typing import Any

from bot.drills.stage import Message, Stage, Step, has, must, readable

ADDRESS = "https://incidents.example.com/{reference}"
SERVICES = {"orders": {"title": "Orders"}, "shipping": {"title": "Shipping"}, "mail": {"title": "E-mail"}}
CADENCE = 15  # minutes, of SEV1, as in policy.yml
LONGER = 10  # minutes by which it is longer then
_NEXT = re.compile(r"Next update by\*?\s*<!date\^(\d+)")


async def reload(stage: Stage) -> str:
    """Read another policy while the incident is open: the card follows, and the war room is left in peace."""
    await stage.command("alice", "update Nearly all orders are back.", "Nearly all orders are back.")
    before = _next_update(await stage.card("Nearly all orders are back."))
    posted = await stage.posted("bob")
    told = await stage.reload(_changed)
    must("severities" in told and "services" in told, f"nothing was reloaded: {told}")
    await stage.forward(1)

    def moved(snapshot: dict[str, dict[str, list[Message]]]) -> bool:
        return any(_next_update(pin) == before + LONGER * 60 for pin in snapshot["channel"]["pins"])

    await stage.person("bob").until(moved, stage.room)
    must(await stage.posted("bob") == posted, "the war room was told")
    dave = await stage.mention("dave")
    await stage.command("alice", f"assign {dave} translator", "became Translator")
    return f"the next update is due {LONGER} minutes later, and there is a new role; nobody was disturbed"


async def services(stage: Stage) -> str:
    """Say which services are affected; the incident is found by them, and short lists name them."""
    await stage.command("alice", "service orders, shipping", "affects *Orders, Shipping* now")
    await stage.card("*Services*", "Orders, Shipping")
    found = await stage.command("frank", "list shipping", "INC-1", channel="general")
    must(has(found, "affects Orders, Shipping"), "the list does not name the services")
    await stage.command("frank", "list mail", "No open incident matches “mail”", channel="general")
    await stage.command("frank", "digest", "INC-1", "affects Orders, Shipping", channel="general")
    await stage.person("frank").open_home()
    home = await stage.person("frank").until(lambda snapshot: snapshot["home"])
    must("affects Orders, Shipping" in readable(home), "the Home tab does not name the services")
    return "found by a service, which the list, the digest and the Home tab name"


async def refused(stage: Stage) -> str:
    """Somebody who may not closes the incident: the answer says who could, and nothing changes."""
    posted, alice = await stage.posted("bob"), await stage.mention("alice")
    answer = await stage.person("bob").command(stage.room, "/incident", "cancel it was a test")
    told = readable(answer["messages"])
    must("Only the Incident Commander may cancel" in told, f"the answer is {told!r}")
    must(alice in told, "the answer does not say who that is")
    must(all(each.get("ephemeral") for each in answer["messages"]), "others read the refusal")
    await stage.card("mitigating", "Resolve")
    must(await stage.posted("bob") == posted, "the war room was told")
    return "bob may not cancel it; he was told that alice could, and it goes on"


def _changed(policy: dict[str, Any]) -> None:
    """Change what the file says."""
    policy["severities"]["SEV1"]["cadence"] = f"{CADENCE + LONGER} min"
    policy["roles"]["translator"] = {"title": "Translator"}
    policy["may"] = {**(policy.get("may") or {}), "close": ["commander"]}
    policy["services"] = SERVICES
    policy["link"] = ADDRESS


def _next_update(card: Message) -> int:
    """When the card says that the next update is due, in seconds since 1970."""
    found = _NEXT.search(readable(card))
    return int(found[1]) if found else 0


STEPS: list[Step] = [
    ("the policy is reloaded", reload),
    ("incidents are found by a service", services),
    ("somebody may not", refused),
]
