"""`/incident metrics`: how long incidents took, and whether two spans differ by more than chance."""

from collections.abc import Callable, Sequence

from bot.core.decision import Refused
from bot.core.page_links import PageName
from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import LookBack, Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.domain.records import Past
from bot.incident.views.page_links import with_page
from bot.review.commands import load
from bot.review.domain.figures import figures
from bot.review.domain.report import Report, report
from bot.review.domain.spans import read
from bot.review.views import message as views

Show = Callable[[Report], Reply]


def _needed(request: Request) -> tuple[Capability]:
    is_of_others = load.word_of(request.text) is load.Whose.EVERYBODYS
    return (Capability.SEE_LOAD,) if is_of_others else (Capability.READ,)


@command(
    "metrics",
    "metrics [me|load] [span] [sev1…sev4]",
    "How long incidents took to detect, acknowledge, mitigate and resolve",
    "A span is `90d` (the default), `12w`, `2026-01..2026-03`, `2026-11`, `q3`, `last month` and the like; `metrics q3 vs q2` or "
    "`metrics 30d vs before` compares two, and says whether chance explains the difference. Only you see the answer, "
    "until you post it; a private incident counts only for those who may see it. `metrics me` shows how much you have "
    "worked in incidents; `metrics load` shows it of everybody, to those whom `policy.yml` names.",
    about=NOTHING,
    wants=Wants.LINKS,
    may=Capability.READ,
    needs=_needed,
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
    if load.word_of(request.text):
        return load.look(request)

    def shown(report: Report) -> Reply:
        page = "" if report.is_empty else request.page_link(PageName.FIGURES, report.asked.words)
        return Reply(with_page(views.answer(report), page))

    return _look_back(request, shown)


@button(views.POST, about=NOTHING, may=Capability.READ)
def post(request: Request) -> Outcome:
    """Post them for everybody in the channel, without private incidents."""

    def posted(report: Report) -> Reply:
        return Reply(views.answer(report, posted_by=request.actor), in_channel=not report.is_empty)

    return _look_back(request, posted, everybodys=True)


@button(views.CHART, about=NOTHING, may=Capability.READ)
def chart(request: Request) -> Outcome:
    """Show them as a chart, to this person only."""
    return _look_back(request, lambda report: Reply(views.chart(report)))


def _look_back(request: Request, show: Show, *, everybodys: bool = False) -> Outcome:
    asked = read(request.text, request.now, request.policy.time_zone)
    if isinstance(asked, Refused):
        return asked
    spans = [asked.span, *([asked.other] if asked.other else [])]

    def then(pasts: Sequence[Past]) -> Outcome:
        made = [
            figures(span, past, request.policy, request.now) for span, past in zip(spans, pasts, strict=True)
        ]
        return show(report(asked, made, request.policy, everybodys=everybodys))

    return LookBack([each.period for each in spans], asked.span.severity, everybodys, then)
