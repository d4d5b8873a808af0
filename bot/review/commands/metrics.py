"""`/incident metrics`: how long incidents took, and whether two spans differ by more than chance."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.core.decision import Refused
from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import LookBack, Outcome, Reply, Request
from bot.incident.domain.permissions import Capability
from bot.incident.domain.records import Past
from bot.review.domain.figures import Figures, compared, figures
from bot.review.domain.spans import Asked, read
from bot.review.views import message as views

Show = Callable[[Asked, Sequence[Figures]], Outcome]


@command(
    "metrics",
    "metrics [span] [sev1…sev4]",
    "How long incidents took to detect, acknowledge, mitigate and resolve",
    "A span is `90d` (the default), `12w`, `2026-01..2026-03`, `2026-11`, `q3`, `last month` and the like; `metrics q3 vs q2` or "
    "`metrics 30d vs before` compares two, and says whether chance explains the difference. Only you see the answer, "
    "until you post it; a private incident counts only for those who may see it.",
    about=NOTHING,
    may=Capability.READ,
    synonyms={
        "stats": "",
        "statistics": "",
        "figures": "",
        "mttr": "",
        "mttd": "",
        "mtta": "",
        "analytics": "",
    },
)
def metrics(request: Request) -> Outcome:
    """Show them to this person only."""
    return _look_back(request, _shown, everybodys=False)


@button(views.POST, about=NOTHING, may=Capability.READ)
def post(request: Request) -> Outcome:
    """Post them for everybody in the channel, without private incidents."""
    return _look_back(request, partial(_posted, request.actor), everybodys=True)


@button(views.CHART, about=NOTHING, may=Capability.READ)
def chart(request: Request) -> Outcome:
    """Show them as a chart, to this person only."""
    return _look_back(request, _charted, everybodys=False)


def _look_back(request: Request, show: Show, *, everybodys: bool) -> Outcome:
    asked = read(request.text, request.now, request.policy.time_zone)
    if isinstance(asked, Refused):
        return asked
    spans = [asked.span, *([asked.other] if asked.other else [])]

    def then(pasts: Sequence[Past]) -> Outcome:
        made = [
            figures(span, past, request.policy, request.now) for span, past in zip(spans, pasts, strict=True)
        ]
        return Reply(views.nothing(asked)) if all(each.is_empty for each in made) else show(asked, made)

    return LookBack([each.period for each in spans], asked.span.severity, everybodys, then)


def _shown(asked: Asked, made: Sequence[Figures], posted_by: str = "") -> Reply:
    one, *others = made
    if others:
        found = compared(one, others[0])
        return Reply(views.comparison(asked, one, others[0], found, posted_by=posted_by))
    return Reply(views.figures(asked, one, posted_by=posted_by))


def _posted(by: str, asked: Asked, made: Sequence[Figures]) -> Reply:
    return Reply(_shown(asked, made, by).message, in_channel=True)


def _charted(_asked: Asked, made: Sequence[Figures]) -> Reply:
    return Reply(views.chart(made[0]))
