"""Packs for tests."""

from datetime import UTC, date, datetime, timedelta

from bot.followup.domain.vocabulary import Decided, State
from bot.incident.domain.vocabulary import Severity, Status
from bot.review.domain.pack import (
    Apart,
    Evenness,
    OwedPostmortem,
    Pack,
    PackIncident,
    PackItem,
    PackNearMiss,
    Promises,
    Recurring,
    RecurringKind,
)

START, END = datetime(2026, 11, 22, 23, tzinfo=UTC), datetime(2026, 11, 29, 23, tzinfo=UTC)
MADE, TODAY = datetime(2026, 11, 30, 8, tzinfo=UTC), date(2026, 11, 30)
NASTY = "Bad <script>alert(1)</script> *bold* <!channel> & [x](javascript:1)"
NAMES = {"UBOB": "Bob <b>Brown</b>", "UCAROL": "Carol"}


def empty(words: str = "2026-W48") -> Pack:
    return Pack(
        words=words,
        week=words,
        start=START,
        end=END,
        zone="Europe/Berlin",
        made_at=MADE,
        today=TODAY,
        version="0123456789ab",
        weeks=13,
    )


def incident(number: int, title: str = NASTY, *, is_over: bool = True, hours: float = 10) -> PackIncident:
    at = START + timedelta(hours=hours)
    return PackIncident(
        number=number,
        title=title,
        severity=Severity((number - 1) % 4 + 1),
        status=Status.RESOLVED if is_over else Status.MITIGATING,
        declared_at=at,
        ended_at=at + timedelta(minutes=42) if is_over else None,
    )


def item(number: int, state: State = State.OPEN, *, title: str = NASTY, **more: object) -> PackItem:
    given: dict[str, object] = {
        "number": number,
        "title": title,
        "incident": 2,
        "owner": "UBOB",
        "due_on": date(2026, 11, 27),
        "state": state,
        "outcome": "" if state is State.OPEN else f"because {NASTY}",
    }
    return PackItem(**given | more)  # type: ignore[arg-type]  # as the fields want


def full(many: int = 1) -> Pack:
    """A pack with something of everything, each so many times."""
    return Pack(
        words="2026-W48",
        week="2026-W48",
        start=START,
        end=END,
        zone="Europe/Berlin",
        made_at=MADE,
        today=TODAY,
        version="0123456789ab",
        weeks=13,
        incidents=(
            incident(2),
            incident(3, is_over=False, hours=20),
            *(incident(9 + n, hours=n % 160) for n in range(many - 1)),
        ),
        private=2,
        apart=Apart(drills=1, near_misses=2, cancelled=1, merged=1, unreadable=1),
        owed=tuple(
            OwedPostmortem(
                number=2, title=NASTY, severity=Severity.SEV1, due_at=due, writer=writer, stage="draft"
            )
            for _ in range(many)
            for due, writer in ((MADE - timedelta(days=3), "UBOB"), (MADE + timedelta(days=1), ""))
        ),
        recurring=tuple(
            Recurring(kind=kind, service=NASTY, in_span=1, incidents=tuple(range(12, 2, -1)))
            for _ in range(many)
            for kind in RecurringKind
        ),
        overdue=tuple(item(1 + n, moved=n) for n in range(3 * many)),
        done=(
            item(11, State.DONE),
            item(12, State.DONE, asked="UCAROL"),
            item(13, State.DONE, asked="UCAROL", is_verified=True, note="it rang"),
            *(item(14 + n, State.DONE, asked="UGONE", is_verified=False, note=NASTY) for n in range(many)),
        ),
        private_items=1,
        promises=Promises(kept=3, late=1, missed=1),
        near_misses=tuple(
            PackNearMiss(
                reference=f"NM-{n}",
                title=NASTY,
                reported_at=START,
                waits=waits,
                late=late,
                answer=answer,
                promoted_to="" if waits or answer else "INC-5",
                similar=("NM-1", "NM-2") if late else (),
            )
            for n in range(many)
            for waits, late, answer in (
                (True, True, ""),
                (True, False, ""),
                (False, False, ""),
                (False, False, NASTY),
            )
        ),
        evenness=Evenness(people=5, commanded=0.25, nights=None),
        last_board="2026-W47",
        decided=(
            item(21, board="2026-W47", decided=Decided.INVESTMENT),
            item(22, board="2026-W47", due_on=date(2026, 12, 24)),
            item(23, State.DONE, board="2026-W46", decided=Decided.DECISION),
            *(item(24, State.NOT_DOING, board="2026-W46", decided=Decided.DECISION) for _ in range(many)),
        ),
        recent=((3, NASTY), (1, "Before")),
    )


EMPTY, FULL = empty(), full()
