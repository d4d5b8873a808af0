"""The postmortem draft as Markdown, from `postmortem.md.j2`."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from bot.core.templates import TemplateBrokenError, Templates
from bot.core.text import utc
from bot.core.tokens import Kind, Token, label_matches_target, split, words_of
from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.decisions import RecordedDecision, decision_label
from bot.incident.domain.parking import ParkedThought, parked_label
from bot.incident.domain.postmortem import Draft
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.roles import title_of
from bot.incident.domain.tasks import Task
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Status, mention, reference
from bot.incident.views.facts import author, link, sentence

_ENTITY = r"&(?=#?\w*(?:;|\Z))"  # also one that is completed by the text after it
_SPECIAL = re.compile(rf"([\\`*_~\[\]<>|#]|{_ENTITY})")
_IN_TARGET = re.compile(rf"(\\|{_ENTITY})")
_ITEM = re.compile(r"\s*[-*\u2022]\s+(?=\S)")
_LEADING = re.compile(r"^([-+]|\d+(?=[.)]))")  # what begins a list or a rule


def postmortem(draft: Draft, people: Mapping[str, str], templates: Templates, *, named: bool = True) -> str:
    """Render the draft by the template of its severity.

    If the user's own template is broken, the shipped one takes its place, and the document says so with file and line.

    Args:
        draft: the contents.
        people: names by person id; a person without a name is shown by id.
        templates: where to find the templates.
        named: whether these are people's own names.

    Raises:
        TemplateBrokenError: the shipped template does not render, or the user's own one cannot be told from it.
    """
    text, broken = templates.document_or_shipped(
        draft.template.file, **document_values(draft, people, named=named)
    )
    return text if broken is None else f"{_told(broken)}{text}"


def _told(broken: TemplateBrokenError) -> str:
    """At the top of a document whose own template is broken; the writers can do nothing about it but tell."""
    said = markdown(str(broken), {})
    return f"> **Your own template is broken, so this is the one that is shipped: {said}**\n\n"


def document_values(draft: Draft, people: Mapping[str, str], *, named: bool = True) -> dict[str, Any]:
    """Everything that a template of the draft may use; what people typed is Markdown already."""
    incident = draft.incident
    # As the roles were called then: the draft is written without the policy too.
    given = [entry.fact for entry in draft.timeline if isinstance(entry.fact, facts.RoleAssigned)]
    titles = {fact.role: title_of(fact) for fact in given}

    merged = draft.merged_timeline
    shown = [line(entry, people, source) for source, entry in merged]

    def text(value: str) -> str:
        return markdown(value, people)

    return {
        "named": named,
        "reference": incident.reference,
        "title": text(incident.title),
        "severity": incident.severity.label,
        "peak": draft.peak.label,
        "severities": [(severity.label, lasted) for severity, lasted in draft.severities],
        "status": incident.status.value,
        "private": incident.private,
        "drill": incident.is_drill,
        "services": [text(title) for title in draft.services],
        "summary": text(incident.summary),
        "latest": text(incident.update),
        "resolution": text(incident.resolution),
        "impact": [(utc(at), text(said)) for at, said in draft.impact],
        "declared_by": text(mention(incident.declared_by)),
        "roles": [(text(titles.get(role, role)), text(f"<@{person}>")) for role, person in draft.roles],
        "parked": [_parked(thought, people) for thought in draft.parked],
        "decisions": [_decision(decision, people) for decision in draft.decisions],
        "milestones": [(milestone.value, utc(at)) for milestone, at in draft.milestones],
        "intervals": draft.intervals,
        "tasks": [_task(task, people) for task in draft.tasks],
        "timeline": shown,
        "days": _days(merged, shown, draft.gaps),
        "action_items": [_action_item(each, people) for each in draft.action_items],
        "cancelled": incident.status is Status.CANCELLED,
        "duplicate_of": reference(incident.duplicate_of) if incident.duplicate_of is not None else "",
        "updates": {
            "promised": len(draft.updates.promises),
            "kept": draft.updates.kept,
            "longest_gap": draft.updates.longest_gap,
            "broken": [(utc(each.due_at), each.late_by) for each in draft.updates.broken],
        },
        "struck": draft.struck,
        "drafted_at": utc(draft.drafted_at),
        **_story(draft, people),
    }


def _story(draft: Draft, people: Mapping[str, str]) -> dict[str, Any]:
    """What people wrote, and what the facts say beyond what they are."""
    document, impact, found = draft.incident.postmortem, draft.impact_duration, draft.detection
    writer = draft.incident.postmortem_writer
    return {
        "written": {each.value: paragraphs(document.text(each), people) for each in PostmortemSection},
        "questions": {each.value: each.question for each in PostmortemSection},
        "stage": document.stage.value,
        "published": document.published,
        "owner": markdown(mention(writer), people) if writer else "",
        "approved_by": [markdown(mention(each), people) for each in document.approved_by],
        "unseen": document.unseen,
        "impact_duration": {
            "start": impact.start.noun,
            "end": impact.end.noun,
            "took": impact.took,
            "at_least": impact.start is not Milestone.STARTED,
        }
        if impact
        else None,
        "noticed": {
            "at": utc(draft.noticed.at),
            "by": markdown(mention(draft.noticed.by), people),
            "by_machine": draft.noticed.by_machine,
            "source": _message(draft.noticed.source),
        },
        "detection": {
            "unnoticed": found.unnoticed,
            "undeclared": found.undeclared,
            "start_is_unknown": found.start_is_unknown,
            "first_sign": line(found.first_sign, people) if found.first_sign else None,
            "before_it": found.before_it,
        },
        "handoffs": [line(each, people) for each in draft.handoffs],
    }


def _days(
    merged: Sequence[tuple[str, Entry]], shown: Sequence[Mapping[str, str]], gaps: Mapping[int, timedelta]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The timeline by day (UTC), each entry as it is shown, with the time of day and the gap before it."""
    entries = [
        (row["at"][:10], {**row, "time": row["at"][11:16], "gap": None if source else gaps.get(entry.seq)})
        for (source, entry), row in zip(merged, shown, strict=True)
    ]
    return [(day, [each for _, each in found]) for day, found in groupby(entries, key=itemgetter(0))]


def paragraphs(text: str, people: Mapping[str, str]) -> str:
    """What people wrote in a section, as Markdown: their paragraphs, line breaks and lists stay, and nothing else."""
    if not text.strip():
        return ""
    shown = [_line_of_section(each, people) for each in text.splitlines()]
    with_breaks = [
        f"{here}  " if here and after and not (_is_item(here) or _is_item(after)) else here
        for here, after in zip(shown, [*shown[1:], ""], strict=True)
    ]
    return "\n".join(with_breaks).strip()


def _line_of_section(line: str, people: Mapping[str, str]) -> str:
    if item := _ITEM.match(line):
        return f"- {markdown(line[item.end() :], people)}"
    shown = markdown(line, people)
    return f"\\{shown}" if shown.startswith("=") else shown  # it would make a headline of the line before


def _is_item(line: str) -> bool:
    return line.startswith("- ")


def markdown(text: str, people: Mapping[str, str]) -> str:
    """Raw text as Markdown on one line: people by name, links as links; what people typed never becomes markup."""
    parts = [_token(piece, people) if isinstance(piece, Token) else _literal(piece) for piece in split(text)]
    on_one_line = " ".join("".join(parts).split())
    return _LEADING.sub(_escaped_start, on_one_line)


def _escaped_start(match: re.Match[str]) -> str:
    start = match[0]
    return f"{start}\\" if start.isdecimal() else f"\\{start}"


def _token(token: Token, people: Mapping[str, str]) -> str:
    if token.kind is Kind.PERSON:
        return _literal(people.get(token.value, token.value))
    if token.kind is Kind.CHANNEL:
        return "#" + _literal(words_of(token, people)[1:])
    if token.kind is not Kind.LINK:
        return _literal(words_of(token, people))
    # A label that looks like another address, or is invisible, would hide where the link leads.
    is_plain = (
        any(each.isprintable() and not each.isspace() for each in token.label) and "." not in token.label
    )
    if not is_plain or label_matches_target(token):
        return f"<{token.value}>"
    return f"[{_literal(token.label)}](<{_target(token.value)}>)"


def _target(address: str) -> str:
    """An address for use between the angle brackets of a link, where Markdown reads escapes and entities."""
    return _IN_TARGET.sub(r"\\\1", address)


def _message(link: str) -> str:
    """The same for a message's permalink; empty if it is not an address."""
    if not link:
        return ""
    token = next(split(f"<{link}>"), "")
    is_link = isinstance(token, Token) and token.kind is Kind.LINK and token.value == link
    return _target(link) if is_link else ""


def _literal(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _parked(thought: ParkedThought, people: Mapping[str, str]) -> dict[str, str]:
    said = f"said by {author(thought)}, " if thought.author != thought.by else ""
    return {
        "name": parked_label(thought.number),
        "text": markdown(thought.text, people),
        "who": markdown(f"{said}parked by {mention(thought.by)}", people),
        "link": _message(thought.link),
    }


def _decision(decision: RecordedDecision, people: Mapping[str, str]) -> dict[str, str]:
    return {
        "name": decision_label(decision.number),
        "at": utc(decision.at),
        "by": markdown(mention(decision.by), people),
        "text": markdown(decision.text, people),
        "risk": markdown(decision.risk, people),
        "way_back": markdown(decision.way_back, people),
        "state": decision.state.value,
        "until": utc(decision.until),
        "objection": markdown(decision.objection, people),
        "objected_by": markdown(mention(decision.objected_by), people) if decision.objected_by else "",
        "replaced_by": decision_label(decision.replaced_by) if decision.replaced_by is not None else "",
    }


def _task(task: Task, people: Mapping[str, str]) -> dict[str, str]:
    return {
        "reference": task.reference,
        "text": markdown(task.text, people),
        "assignee": markdown(mention(task.assignee), people) if task.assignee else "",
        "link": _message(task.link),
    }


def _action_item(item: ActionLine, people: Mapping[str, str]) -> dict[str, str]:
    return {
        "reference": item.reference,
        "text": markdown(item.title, people),
        "kind": item.kind,
        "owner": _literal(" ".join(item.owner.split())),  # a name, in which nothing is a link
        "due": item.due_on.isoformat(),
        "state": item.state,
        "outcome": markdown(item.outcome, people),
        "link": _message(item.link),
    }


def line(entry: Entry, people: Mapping[str, str], source: str = "") -> dict[str, str]:
    """One entry. `source` is the reference of the duplicate that it comes from; empty for the incident's own."""
    said = markdown(sentence(entry.fact), people)
    return {
        "at": utc(entry.fact.at),
        "text": f"{source}: {said}" if source else said,
        "link": _message(link(entry.fact)),
    }
