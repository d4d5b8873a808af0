"""The rules that correct notes, strike them and put them back, and that remove the words of a secret."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.corrections import Shown, former_words
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import long_before, too_long


def correct(
    incident: Incident,
    entry: Shown,
    *,
    by: str,
    now: datetime,
    text: str = "",
    at: datetime | None = None,
    sure: bool = False,
) -> Decision:
    """Correct the text or the time of a note, also when the incident is closed.

    A time long before the declaration is accepted only if the person is `sure`.

    Args:
        incident: the state.
        entry: the note.
        by: who corrects it.
        now: the time of the correction (UTC).
        text: the new text; empty if it stays.
        at: the new time (UTC); None if it stays.
        sure: whether an unusual time is right.
    """
    text = text.strip()
    if refused := not_correctable(entry) or too_long(text, "text"):
        return refused
    if at and at > now:
        return Refused("That time is in the future: a note says what has happened.", field="at")
    if at and (refused := long_before(incident, at, "at", sure=sure)):
        return refused
    text = "" if text == entry.text else text
    at = None if at == entry.at else at
    if not text and at is None:
        return Refused(f"That is what #{entry.number} says already.", field="text")
    return (facts.EntryCorrected(at=now, by=by, entry=entry.number, text=text, when=at),)


def not_correctable(entry: Shown) -> Refused | None:
    """Why an entry cannot be corrected; None if it can."""
    if not entry.is_note:
        return Refused(
            f"#{entry.number} is no note, and only notes can be corrected. `/incident note` adds what is missing."
        )
    if entry.struck and not entry.is_redacted:
        return Refused(f"#{entry.number} is struck: put it back first, `/incident unstrike {entry.number}`.")
    return _removed(entry)


def strike(
    incident: Incident, entry: Shown, *, by: str, now: datetime, why: str = "", secret: bool = False
) -> Decision:
    """Leave a note out of the timeline; or, for a `secret`, remove the words of any entry for good."""
    if refused := _removed(entry) or too_long(why, "why"):
        return refused
    if secret and (refused := _title_stays(incident, entry)):
        return refused
    if secret and not any(getattr(entry.entry.fact, name) for name in entry.entry.fact.words):
        return Refused(f"Nobody typed any words of #{entry.number}: there is nothing to remove.")
    if not secret and not entry.is_note:
        return Refused(
            f"#{entry.number} is no note, and only notes can be struck. To remove a secret from its words: "
            f"`/incident strike {entry.number} secret`."
        )
    if not secret and entry.struck:
        return Refused(f"#{entry.number} is struck already.")
    return (facts.EntryStruck(at=now, by=by, entry=entry.number, why=why.strip(), secret=secret),)


def restore(incident: Incident, entry: Shown, *, by: str, now: datetime) -> Decision:
    """Put a struck note back on the timeline."""
    del incident
    if refused := _removed(entry):
        return refused
    if not entry.struck:
        return Refused(f"#{entry.number} is not struck.")
    return (facts.EntryRestored(at=now, by=by, entry=entry.number),)


def _title_stays(incident: Incident, entry: Shown) -> Refused | None:
    """The refusal if the present title is all that there is to remove; None if it is not."""
    fact = entry.entry.fact
    if not isinstance(fact, (facts.Declared, facts.Renamed)) or former_words(fact, incident.title):
        return None
    return Refused(
        f"{incident.reference} has that title now. Give it another one first, `/incident rename <new title>`; then "
        f"`/incident strike {entry.number} secret` removes the old one."
    )


def _removed(entry: Shown) -> Refused | None:
    if not entry.is_redacted:
        return None
    return Refused(f"The words of #{entry.number} were removed for good. `/incident note` writes a new note.")
