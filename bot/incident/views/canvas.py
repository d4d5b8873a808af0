"""The canvas of a war room: the state, the roles, the timeline, the tasks and the decisions.

Each part is a heading and one paragraph, because Slack replaces one paragraph at a time. People may write anything between
them. Nobody is mentioned, and no time is local: a canvas knows no reader.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.core.dedup import digest
from bot.core.text import utc
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.corrections import shown
from bot.incident.domain.decisions import RecordedDecision, decision_label
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.tasks import Task, TaskState
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import mention
from bot.incident.views.canvas_text import OWN_WORDS, link, plain
from bot.incident.views.facts import link as message_of
from bot.incident.views.facts import sentence
from bot.ports.slack.calls import CanvasSection

NAMES = ("state", "roles", "timeline", "tasks", "decisions")
PARAGRAPH_MAX = 3500  # bytes; Slack is known to refuse an edit of more than about 4,000
LINE_MAX = 300  # characters of one text
_BREAK = "  \n"  # a new line in the same paragraph

Names = Mapping[str, str]


def title(incident: Incident) -> str:
    """The title of the canvas. It is not edited later, so it has no words that may change or turn out to be a secret."""
    return f"{incident.reference} war room"


def sections(
    incident: Incident, timeline: Sequence[Entry], policy: Policy, names: Names
) -> list[CanvasSection]:
    """All parts, in order.

    Args:
        incident: the state.
        timeline: all facts.
        policy: when the next update is due, and what the roles are called.
        names: people's names by id; a person without a name is shown by id.
    """
    entries = [_entry(each.entry, names) for each in shown(timeline)]
    tasks = [_task(each, names) for each in incident.tasks if each.state is not TaskState.DROPPED]
    decisions = [_decision(each, names) for each in incident.decisions]
    return [
        _section("state", "State", _state(incident, policy, names), "all of it is in the card"),
        _section("roles", "Roles", _roles(incident, policy, names), "/incident who"),
        _section("timeline", "Timeline", entries, "/incident timeline"),
        _section("tasks", "Tasks", tasks, "/incident tasks"),
        _section("decisions", "Decisions", decisions, "/incident decisions"),
    ]


def _section(name: str, heading: str, rows: Sequence[str], more: str) -> CanvasSection:
    """One part with the last of these rows, as many as fit."""
    mark = f"{OWN_WORDS} this paragraph: {name}"
    first = f"_{mark}_"
    room = PARAGRAPH_MAX - len(first) - len(more) - 100
    fitting: list[str] = []
    for row in reversed(rows):
        room -= len(f"{row}{_BREAK}".encode())
        if room < 0:
            break
        fitting.insert(0, row)
    left_out = len(rows) - len(fitting)
    before = [f"{left_out} earlier: {more}"] if left_out else []
    paragraph = _BREAK.join([first, *before, *(fitting or ["none yet"])])
    return CanvasSection(name, heading, mark, paragraph, digest(paragraph))


def _state(incident: Incident, policy: Policy, names: Names) -> list[str]:
    rows = [
        ("Incident", f"{incident.reference} {incident.title}"),
        ("Severity", incident.severity.label),
        ("Status", str(incident.status)),
        ("Services", ", ".join(policy.services.titles(incident.services))),
        ("Summary", incident.summary),
        ("Declared", f"{utc(incident.declared_at)} by {mention(incident.declared_by)}"),
        (
            "Latest update",
            f"{utc(incident.updated_at)}: {incident.update}" if incident.updated_at else "none yet",
        ),
        ("Next update by", "" if incident.is_closed else utc(promised_at(incident, policy))),
    ]
    return [f"**{label}:** {plain(text, names, 2 * LINE_MAX)}" for label, text in rows if text]


def _roles(incident: Incident, policy: Policy, names: Names) -> list[str]:
    return [
        f"**{plain(role.title, names, LINE_MAX)}:** "
        + ", ".join(plain(mention(person), names, LINE_MAX) for person in incident.roles[role.key])
        for role in policy.roles.with_held(incident.held).all
        if incident.roles.get(role.key)
    ]


def _entry(entry: Entry, names: Names) -> str:
    source = message_of(entry.fact)
    said = f"`#{entry.seq}` {utc(entry.fact.at)} {plain(sentence(entry.fact), names, LINE_MAX)}"
    return f"{said} ({link('message', source)})" if source else said


def _task(task: Task, names: Names) -> str:
    who = plain(mention(task.assignee), names, LINE_MAX) if task.assignee else "nobody yet"
    return f"**{task.reference}** {task.state}, {who}: {plain(task.text, names, LINE_MAX)}"


def _decision(decision: RecordedDecision, names: Names) -> str:
    details = [("Risk", decision.risk), ("Way back", decision.way_back), ("Objection", decision.objection)]
    more: Iterable[str] = (f"{label}: {text}" for label, text in details if text)
    said = plain(" — ".join([decision.text, *more]), names, LINE_MAX)
    return f"**{decision_label(decision.number)}** {decision.state}: {said}"
