"""team.*, emoji.* and usergroups.*: the workspace itself."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.core.errors import SlackError


@answers("team.info")
def info(call: Call) -> dict[str, Any]:
    """The workspace."""
    team = call.workspace.team
    if call.args["team"] not in {None, team.id}:
        raise SlackError("team_not_found")
    shown = {
        "id": team.id,
        "name": team.name,
        "url": f"{call.workspace.server.root_url}/",
        "domain": team.domain,
        "email_domain": "",
        "icon": {"image_default": True},
    }
    return {"team": shown}


@answers("emoji.list")
def emoji(call: Call) -> dict[str, Any]:
    """The workspace's own emoji: none."""
    return {"emoji": {}, "cache_ts": str(call.workspace.seconds())}


@answers("usergroups.list")
def usergroups(call: Call) -> dict[str, Any]:
    """The workspace's user groups."""
    args = call.args
    groups = [
        group.to_json(with_users=bool(args["include_users"]), with_count=bool(args["include_count"]))
        for group in call.workspace.usergroups.values()
        if args["include_disabled"] or not group.disabled
    ]
    return {"usergroups": groups}


@answers("usergroups.users.list")
def usergroup_users(call: Call) -> dict[str, Any]:
    """The users of a group."""
    group = call.workspace.usergroups.get(call.args["usergroup"])
    if group is None or (group.disabled and not call.args["include_disabled"]):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}
