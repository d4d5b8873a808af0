"""A draft with a shorter timeline, for a page that must stay light."""

from dataclasses import replace

from bot.incident.domain import facts
from bot.incident.domain.drawing.spans import thinned
from bot.incident.domain.postmortem import Draft

_OF_CHANGES = 0.6  # the part of the room that is for changes, if there is too little for all


def shortened(draft: Draft, limit: int) -> tuple[Draft, int]:
    """The draft with at most `limit` entries, and how many are left out: changes stay rather than notes."""
    every = draft.merged_timeline
    if len(every) <= limit:
        return draft, 0
    changes = [each for each in every if not isinstance(each[1].fact, facts.Noted)]
    notes = [each for each in every if isinstance(each[1].fact, facts.Noted)]
    room = max(int(limit * _OF_CHANGES), limit - len(notes))
    kept = thinned(changes, room).drawn
    stays = {(source, entry.seq) for source, entry in (*kept, *thinned(notes, limit - len(kept)).drawn)}
    shorter = replace(
        draft,
        timeline=[each for each in draft.timeline if ("", each.seq) in stays],
        duplicates=[
            (source, [each for each in entries if (source, each.seq) in stays])
            for source, entries in draft.duplicates
        ],
    )
    return shorter, len(every) - len(stays)
