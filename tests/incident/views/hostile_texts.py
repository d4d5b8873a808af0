"""The worst texts that people can type, and an incident that has them everywhere."""

from collections.abc import Iterator
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.rules import (
    RISK_MAX,
    TASK_MAX,
    TEXT_MAX,
    TITLE_MAX,
    UPDATE_SLACK_LENGTH_MAX,
    Decision,
    slack_length,
)
from bot.incident.domain.vocabulary import Milestone, Role, Severity
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    decided,
    declared,
    later,
    resolved,
    with_role,
)

# Reproducible: the same texts on every machine and in every run.
TEXTS = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)

HOSTILE = [
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "<!date^1^{time}|x>",
    "<@U1>",
    "<@U1|x>",
    "<#C1>",
    "&",
    "&amp;",
    "<",
    ">",
    "<https://a.example|https://b.example>",
    "<https://a.example>",
    "<mailto:a@b.example|c>",
    "決済が失敗",
    "فشل الدفع",
    "🔥",
    "👩‍🚒",
    "\u200b",
    "\u202e",
    "\n",
    "\n\n- ",
    "*_~`",
    "{0} {} %s",
    "A",
    " ",
]

# Text that a Markdown renderer would turn into markup.
MARKUP = [
    "<img src=x onerror=alert(1)>",
    "<script>",
    "</p>",
    "<!-- ",
    " -->",
    "<?php ",
    "<![CDATA[",
    "[x](javascript:alert(1))",
    "![x](https://a.example/x.png)",
    "[a]: https://a.example",
    "[a]",
    "<https://a<b>",
    "<https://a.example/`*_~\\>",
    "<https://a.example/?a=1&copy;|x>",
    "<https://a.example/\\|the [graph]>",
    "<https://b.example/)|](https://a.example)>",
    "<javascript:alert(1)|x>",
    "<a@b.example>",
    "https://a.example",
    "\n===\n",
    "\n---\n",
    "\n```\n",
    "\n~~~\n",
    "`",
    "# ",
    "> ",
    "- ",
    "1. ",
    "1) ",
    "+ ",
    "* * *",
    "    ",
    "\t",
    "| a | b |",
    "\n| --- | --- |\n",
    "~~",
    "**",
    "__",
    "&copy",
    "&#60;",
    ";",
    "copy;",
    "\\",
    "\x01",
    "\u2028",
]


def made_of(pieces: st.SearchStrategy[str], limit: int) -> st.SearchStrategy[str]:
    """Short texts, mixed texts, and one piece repeated up to the limit."""
    mixed = st.lists(pieces, max_size=20).map("".join)
    endless = pieces.filter(bool).map(lambda piece: (piece * limit)[:limit])
    return st.one_of(mixed, endless).map(lambda text: text[:limit])


pieces = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
typed = made_of(pieces, 4000)
MANY = 3  # parked thoughts, and decisions that somebody objected to
THIRD = UPDATE_SLACK_LENGTH_MAX // 3  # so that three such texts are one update


def taken(text: str) -> str:
    """As much of the text as the rules accept three times."""
    while slack_length(text) > THIRD:
        text = text[: len(text) * THIRD // slack_length(text)]
    return text


texts = made_of(pieces, TEXT_MAX).map(taken).filter(lambda text: text.strip())
titles = made_of(pieces, TITLE_MAX).filter(
    lambda text: any(c.isprintable() and not c.isspace() for c in text)
)


def everything(title: str, text: str) -> Incident:
    """An incident that has everything that an incident can have, all of it typed text."""
    incident = declared(title, summary=text, commander=BOB, source="https://example.slack.com/archives/C1/p1")
    for role in DEFAULT_ROLES.keys:
        if role != Role.COMMANDER:
            incident = with_role(incident, role, CAROL)
    task = " ".join(text[:TASK_MAX].split()) or "x"
    link = "https://example.com/p1"
    incident = evolve(
        incident, facts.TaskAdded(at=NOW, by=ALICE, number=1, text=task, assignee=BOB, link=link)
    )
    incident = after(incident, rules.post_update(incident, text, by=BOB, now=later(5)))
    for _ in range(MANY):
        incident = after(
            incident, rules.park(incident, text, by=BOB, now=NOW, author=ALICE, link="https://example.com/p1")
        )
    for number in range(1, MANY + 1):
        incident = decided_and_objected(incident, text, number)
    return after(incident, _decide(incident, text))


def decided_and_objected(incident: Incident, text: str, number: int) -> Incident:
    """The incident after another decision, to which somebody objected."""
    incident = after(incident, _decide(incident, text))
    return after(incident, rules.object_to_decision(incident, number, text, by=CAROL, now=NOW))


def _decide(incident: Incident, text: str) -> Decision:
    short = text[:RISK_MAX].strip() or "x"
    while slack_length(text) + 2 * slack_length(short) > UPDATE_SLACK_LENGTH_MAX:
        short = short[: len(short) // 2] or "x"
    return rules.decide(
        incident, text, risk=short, way_back=short, by=ALICE, now=NOW, within=timedelta(minutes=5)
    )


def happenings(incident: Incident, text: str) -> Iterator[facts.Fact]:
    """Every fact that can have a text in it, with this text."""
    impact = (text[:150],) * 8
    yield from decided(
        rules.change_severity(incident, Severity.SEV4, by=ALICE, now=NOW, reason=text, impact=impact)
    )
    yield from decided(rules.post_update(incident, text, actions=text, needs=text, by=ALICE, now=NOW))
    yield from decided(
        rules.note(incident, text, by=ALICE, now=NOW, author=BOB, link="https://example.com/p1")
    )
    yield from decided(rules.snooze(incident, timedelta(minutes=10), by=ALICE, now=NOW, reason=text))
    yield from decided(rules.resolve(incident, by=ALICE, now=NOW, summary=text))
    yield from decided(rules.reopen(resolved(incident), text, by=ALICE, now=NOW))
    yield from decided(rules.park(incident, text, by=ALICE, now=NOW, app=text, link="https://example.com/p1"))
    yield facts.Unparked(at=NOW, by=ALICE, number=1, text=text)
    yield facts.Reparked(at=NOW, by=ALICE, number=1, text=text)
    yield from decided(_decide(incident, text))
    yield facts.Objected(at=NOW, by=BOB, number=len(incident.decisions), reason=text)
    yield facts.DecisionWithdrawn(at=NOW, by=BOB, number=len(incident.decisions))
    words, link = text[:TASK_MAX], "https://example.com/p1"
    yield facts.TaskAdded(at=NOW, by=ALICE, number=1, text=words, assignee=BOB, due_at=later(9), link=link)
    yield facts.TaskAssigned(at=NOW, by=ALICE, number=1, text=words, assignee=CAROL, previous=BOB)
    for kind in (facts.TaskDone, facts.TaskReopened, facts.TaskDropped):
        yield kind(at=NOW, by=ALICE, number=1, text=words)
    yield from decided(rules.cancel(incident, text, by=ALICE, now=NOW))
    yield from decided(
        rules.set_milestone(incident, Milestone.STARTED, later(-9), by=ALICE, now=NOW, reason=text)
    )
    yield from merged(incident, text)


def merged(incident: Incident, text: str) -> tuple[facts.Fact, ...]:
    """What happens in both incidents when it becomes a duplicate, and when it is reopened."""
    original = declared(number=7)
    marked = rules.mark_duplicate(incident, original, by=ALICE, now=NOW, room="C7", reason=text)
    assert not isinstance(marked, Refused)
    duplicate = after(incident, marked[0])
    parted = rules.reopen_duplicate(duplicate, after(original, marked[1]), text, by=ALICE, now=NOW)
    assert not isinstance(parted, Refused)
    return (*marked[0], *marked[1], *parted[0], *parted[1])


def set_aside(incident: Incident, text: str) -> tuple[Incident, Incident]:
    """It as a false alarm and as a duplicate."""
    false_alarm = after(incident, rules.cancel(incident, text, by=ALICE, now=NOW))
    return false_alarm, after(incident, merged(incident, text)[:1])
