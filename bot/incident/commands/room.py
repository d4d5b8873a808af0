"""The buttons of the question whether to archive a war room."""

from functools import partial

from bot.core.dedup import same_press
from bot.incident.commands.registry import INCIDENT, button
from bot.incident.commands.request import ChangeIncident, Outcome, Request, Show
from bot.incident.domain import rules
from bot.incident.domain.effects import ArchiveRoom
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.domain.permissions import Capability
from bot.incident.views.archiving import archiving_now


@button("room_keep", about=INCIDENT, may=Capability.CHANGE)
def keep(request: Request) -> Outcome:
    """Keep the war room open."""
    return ChangeIncident(partial(rules.keep_room, why=KeepReason.ASKED, by=request.actor, now=request.now))


@button("room_archive", about=INCIDENT, may=Capability.CHANGE)
def archive(request: Request) -> Outcome:
    """Archive it now."""
    incident = request.about
    refused = rules.not_archivable(incident)
    return refused or Show(
        (ArchiveRoom(request.actor),),
        done=archiving_now(incident),
        dedup_keys=(same_press(f"archive:{incident.number}:{incident.version}"),),
    )
