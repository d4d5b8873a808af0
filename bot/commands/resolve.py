"""`/incident resolve`: customers are well again."""

from datetime import UTC, datetime

from bot.commands.registry import button, form, word
from bot.commands.request import Change, OpenForm, Outcome, Request
from bot.domain import rules
from bot.views import modals


@word("resolve", "resolve [what fixed it]", "Resolve the incident; without text a form asks")
def resolve(request: Request) -> Outcome:
    """Resolve it at once, or ask."""
    if not request.text.strip():
        return resolve_button(request)
    return _resolve(request, request.text, None, None)


@button("resolve")
def resolve_button(request: Request) -> Outcome:
    """Ask what fixed it, and when it began."""
    return rules.closed(request.about) or OpenForm(modals.resolve(request.about))


@form("resolve")
def submit(request: Request) -> Outcome:
    """The form was filled in."""
    started, detected = (_moment(request.fields.get(name)) for name in ("started", "detected"))
    return _resolve(request, str(request.fields.get("summary", "")), started, detected)


def _resolve(request: Request, summary: str, started: datetime | None, detected: datetime | None) -> Outcome:
    return Change(
        lambda incident: rules.resolve(
            incident, by=request.actor, now=request.now, summary=summary, started=started, detected=detected
        )
    )


def _moment(picked: object) -> datetime | None:
    return datetime.fromtimestamp(int(str(picked)), UTC) if picked else None
