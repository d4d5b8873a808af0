"""The answer to a person who may not do what they wanted to do: who may."""

from collections.abc import Iterator, Mapping

from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability, Who
from bot.incident.domain.roles import Roles
from bot.incident.domain.vocabulary import Role, mention

_DOES = {
    Capability.DECLARE: "declare incidents",
    Capability.COMMAND: "take command or give roles",
    Capability.CHANGE: "change {}",
    Capability.RESOLVE: "resolve or reopen {}",
    Capability.CLOSE: "cancel, merge or close {}",
    Capability.SEE_LOAD: "see how much others have worked",
    Capability.ANSWER: "answer near misses",
}
NAMED_MAX = 10  # people; the rest is counted
_NONE: Mapping[str, str] = {}


def refusal(
    capability: Capability,
    incident: Incident | None,
    who: Who,
    roles: Roles,
    *,
    handles: Mapping[str, str] = _NONE,
    unreadable: Mapping[str, str] = _NONE,
) -> str:
    """Who may, in one sentence, and who that is now; raw text with mentions.

    Args:
        capability: what was refused.
        incident: what it is about; None if it is about none.
        who: who may.
        roles: the roles of the team.
        handles: the handles of user groups, by id.
        unreadable: why it is unknown who is in a user group, by id.
    """
    reference = incident.reference if incident else ""
    in_command = incident is not None and incident.commander is not None
    named = list(_named(who, roles, incident, handles))
    if incident and not in_command and not named:
        named = ["the commander, when there is one,"]
    elif in_command and not who.holders and Role.COMMANDER not in who.roles:
        named.append("the commander")
    does = _DOES[capability].format(reference)
    if not named:
        return f"Nobody may {does}: `{capability}` in `policy.yml` names nobody."
    where = f" in {reference}" if incident and capability is Capability.COMMAND else ""
    said = [f"Only {_joined(named)} may {does}{where}{_holders(who, incident, roles)}."]
    said += [_unreadable(_group(group, handles), why) for group, why in unreadable.items()]
    return " ".join(said)


def _named(who: Who, roles: Roles, incident: Incident | None, handles: Mapping[str, str]) -> Iterator[str]:
    if who.everyone or who.members:
        yield f"members of the war room of {incident.reference}" if incident else "members of this workspace"
    if who.holders:
        yield "role holders"
    yield from (f"the {roles.title(role)}" for role in who.roles)
    if who.admins:
        yield "admins of this workspace"
    yield from (f"members of {_group(group, handles)}" for group in who.groups)
    yield from map(mention, who.people[:NAMED_MAX])
    if len(who.people) > NAMED_MAX:
        yield f"{len(who.people) - NAMED_MAX} other people"


def _holders(who: Who, incident: Incident | None, roles: Roles) -> str:
    """Who that is now, as far as it depends on roles."""
    if incident is None:
        return ""
    wanted = incident.held if who.holders else (*who.roles, Role.COMMANDER)
    held = [
        f"{mention(person)} ({roles.title(role)})"
        for role in dict.fromkeys(wanted)
        for person in incident.roles.get(role, ())
    ]
    more = f" and {len(held) - NAMED_MAX} more" if len(held) > NAMED_MAX else ""
    if held:
        are_all = not (who.everyone or who.members or who.admins or who.groups or who.people)
        return f"{':' if are_all else '; among them'} {', '.join(held[:NAMED_MAX])}{more}"
    return "; nobody holds such a role now" if who.holders or who.roles else ""


def _group(group: str, handles: Mapping[str, str]) -> str:
    return f"@{handles[group]}" if group in handles else f"the user group {group}"


def _unreadable(group: str, why: str) -> str:
    return (
        f"I do not know who is in {group} at the moment ({why}): ask somebody else who may, or whoever runs me to look "
        "at `warroom doctor`."
    )


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
