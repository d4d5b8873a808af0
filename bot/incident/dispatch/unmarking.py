"""A reaction that put a message on the timeline is taken back."""

from dataclasses import replace

from bot.core.decision import Refused
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.permissions import PermissionCheck
from bot.incident.domain.effects import ReadReactions
from bot.incident.domain.permissions import Capability
from bot.incident.effects.writer import Incidents
from bot.incident.store import captured
from bot.incident.views import corrections, replies
from bot.ports.slack.calls import PINNED


class Unmarking:
    """Lets the reactions that are left be read; without any, the note is struck.

    Args:
        database: where the notes are stored.
        acts: commits what is to be read.
        access: decides what the actor may see.
        permissions: decides what the actor may do.
    """

    def __init__(
        self, database: Database, acts: Incidents, access: Access, permissions: PermissionCheck
    ) -> None:
        self._database = database
        self._acts = acts
        self._access = access
        self._permissions = permissions

    async def answer(self, request: Request) -> Answer:
        """The answer to the person who took it back; empty if that changes nothing."""
        message = request.message
        if message is None:
            return Answer()
        async with self._database.reading() as session:
            note = await captured.note_of(session, request.team, message.channel, message.ts)
        # Whoever may not see the incident neither changes it nor learns that it exists.
        incident = await self._access.numbered(request, note.number) if note else None
        if note is None or incident is None:
            return Answer()
        asked = replace(request, incident=incident)
        if refused := await self._permissions.refusal_of((Capability.CHANGE,), asked):
            return Answer(message=replies.refusal(refused.message), refused=refused)
        marks = (*request.policy.note_reactions, PINNED)
        effect = ReadReactions(message.channel, message.ts, request.actor, marks)
        act = Act(request.id, request.team, request.now)
        done = await self._acts.show(act, note.number, (effect,))
        return (
            Answer()
            if isinstance(done, Refused) or done.repeated
            else Answer(corrections.unmarked(note.entry))
        )
