"""Whether a person may do what they are about to do: asked once for each act, before its handler."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.core.decision import Refused
from bot.incident.commands.registry import Action
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.actors import Actors
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability, may, needs_a_look
from bot.incident.views import permissions as views

log = structlog.get_logger(__name__)
_FIELDS = {Capability.COMMAND: "commander"}  # of the declaration's form, which needs more than one


class PermissionCheck:
    """Checks acts against the policy.

    Args:
        access: tells whether the actor is in a war room.
        actors: tells what else is known of the actor.
    """

    def __init__(self, access: Access, actors: Actors) -> None:
        self._access = access
        self._actors = actors

    async def refusal(self, action: Action, request: Request) -> Refused | None:
        """Why the actor may not do this, and who may; None if they may.

        Args:
            action: what they want to do.
            request: with everything that the handler wants.
        """
        needed = action.needed(request)
        refused = await self.refusal_of(needed, request)
        if refused is None and Capability.CLOSE in needed and request.other:
            # What is merged into another incident changes that one too.
            other = replace(request, incident=request.other.incident, in_its_room=False)
            return await self.refusal_of((Capability.CHANGE,), other)
        return refused

    async def refusal_of(self, needed: Sequence[Capability], request: Request) -> Refused | None:
        """The same for several capabilities, each of which is needed."""
        for each in needed:
            if needs_a_look(each, request.incident, request.policy.may) and (
                refused := await self._looked_at(each, request, request.incident)
            ):
                return replace(refused, field=_FIELDS.get(each, "")) if len(needed) > 1 else refused
        return None

    async def may_administer(self, request: Request) -> bool:
        """Whether the actor may see how the installation is."""
        policy = request.policy.may
        actor, _ = await self._actors.known(request, policy.of(Capability.ADMINISTER))
        return may(Capability.ADMINISTER, actor, None, policy)

    async def _looked_at(
        self, capability: Capability, request: Request, incident: Incident | None
    ) -> Refused | None:
        policy = request.policy.may
        who = policy.of(capability)
        in_room = await self._access.in_room(request, incident) if incident else None
        actor, groups = await self._actors.known(request, who, in_room)
        if may(capability, actor, incident, policy):
            return None
        log.info("act.not_allowed", capability=capability, unreadable=sorted(groups.unreadable))
        return Refused(
            views.refusal(
                capability,
                incident,
                who,
                request.policy.roles,
                handles=groups.handles,
                unreadable=groups.unreadable,
            )
        )
