"""The postmortem as JSON, for programs. docs/postmortem.md describes every key; they are added to, and never change."""

import json
from datetime import datetime, timedelta
from typing import Any

from bot.core.actor import own_name
from bot.core.tokens import in_words
from bot.incident.domain import selection
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.decisions import RecordedDecision, decision_label
from bot.incident.domain.drawing.contents import contents
from bot.incident.domain.parking import ParkedThought, parked_label
from bot.incident.domain.promises import UpdatePromise
from bot.incident.domain.tasks import Task
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import reference
from bot.incident.views.facts import link, sentence
from bot.incident.views.published.material import Material

SCHEMA = "warroom.postmortem/1"


def published_json(material: Material) -> str:
    """The document. Times are in UTC, lengths in seconds; what is not known is null."""
    writer = _Writer(material)
    return json.dumps(writer.document(), ensure_ascii=False, indent=2) + "\n"


class _Writer:
    def __init__(self, material: Material) -> None:
        self._material = material
        self._draft = material.draft

    def document(self) -> dict[str, Any]:
        draft, incident = self._draft, self._draft.incident
        duplicate = incident.duplicate_of
        return {
            "schema": SCHEMA,
            "redacted": self._material.redacted,
            "incident": incident.reference,
            "title": self._words(incident.title),
            "summary": self._words(incident.summary),
            "resolution": self._words(incident.resolution),
            "status": incident.status.value,
            "severity": incident.severity.label,
            "worst_severity": draft.peak.label,
            "private": incident.private,
            "services": list(draft.services),
            "duplicate_of": None if duplicate is None else reference(duplicate),
            "postmortem": self._postmortem(),
            "declared_by": self._person(incident.declared_by),
            "drafted_at": _time(draft.drafted_at),
            "milestones": {name.value: _time(at) for name, at in draft.milestones},
            "measures": [
                {
                    "name": each.name,
                    "from": each.start.value,
                    "to": each.end.value,
                    "seconds": _seconds(each.took),
                }
                for each in draft.intervals
            ],
            "severities": [
                {"severity": severity.label, "seconds": _seconds(lasted)}
                for severity, lasted in draft.severities
            ],
            "impact": [{"at": _time(at), "text": self._words(said)} for at, said in draft.impact],
            "roles": self._roles(),
            "updates": {
                "promised": len(draft.updates.promises),
                "in_time": draft.updates.kept,
                "longest_gap_seconds": _seconds(draft.updates.longest_gap),
                "promises": [_promise(each) for each in draft.updates.promises],
            },
            "decisions": [self._decision(each) for each in draft.decisions],
            "parked": [self._parked(each) for each in draft.parked],
            "open_tasks": [self._task(each) for each in draft.tasks],
            "action_items": [self._action_item(each) for each in draft.action_items],
            "timeline": [self._entry(entry, source) for source, entry in draft.merged_timeline],
            "struck": draft.struck,
        }

    def _postmortem(self) -> dict[str, Any]:
        """How far it is, and what people wrote in its sections."""
        incident, stands = self._draft.incident, self._draft.incident.postmortem
        owner = incident.postmortem_owner
        return {
            "stage": stands.stage.value,
            "due_at": _time(stands.due_at) if stands.due_at else None,
            "owner": self._person(owner) if owner else None,
            "approved_by": [self._person(each) for each in stands.approved_by],
            "published": stands.published,
            "sections": {which.value: self._words(each.text) for which, each in stands.sections.items()},
        }

    def _roles(self) -> list[dict[str, Any]]:
        """Who held which role, from when until when; the end is null while somebody holds it."""
        drawn = contents(self._draft)
        return [
            {
                "role": lane.role,
                "title": lane.title,
                "person": self._person(span.what),
                "from": _time(span.start),
                "until": None if drawn.is_open and span.end == drawn.end else _time(span.end),
            }
            for lane in drawn.lanes
            for span in lane.spans
        ]

    def _decision(self, decision: RecordedDecision) -> dict[str, Any]:
        replaced = decision.replaced_by
        return {
            "name": decision_label(decision.number),
            "at": _time(decision.at),
            "text": self._words(decision.text),
            "risk": self._words(decision.risk),
            "way_back": self._words(decision.way_back),
            "state": decision.state.value,
            "by": self._person(decision.by),
            "objection": self._words(decision.objection),
            "replaced_by": None if replaced is None else decision_label(replaced),
        }

    def _parked(self, thought: ParkedThought) -> dict[str, Any]:
        return {
            "name": parked_label(thought.number),
            "at": _time(thought.at),
            "text": self._words(thought.text),
            "by": self._person(thought.by),
            "link": thought.link or None,
        }

    def _task(self, task: Task) -> dict[str, Any]:
        return {
            "name": task.reference,
            "text": self._words(task.text),
            "assignee": self._person(task.assignee) if task.assignee else None,
            "link": task.link or None,
        }

    def _action_item(self, item: ActionLine) -> dict[str, Any]:
        return {
            "name": item.reference,
            "incident": item.incident,
            "text": self._words(item.title),
            "kind": item.kind,
            "owner": item.owner or None,
            "due_on": item.due_on.isoformat(),
            "state": item.state,
            "outcome": self._words(item.outcome),
            "link": item.link or None,
        }

    def _entry(self, entry: Entry, source: str) -> dict[str, Any]:
        fact = entry.fact
        return {
            "number": entry.seq,
            "at": _time(fact.at),
            "kind": type(fact).__name__,
            "topic": selection.topic(fact),
            "by": self._person(fact.by),
            "text": self._words(sentence(fact)),
            "link": link(fact) or None,
            "duplicate": source or None,
        }

    def _words(self, text: str) -> str:
        return in_words(text, self._material.names)

    def _person(self, actor: str) -> str:
        return own_name(actor) or self._material.names.get(actor, actor)


def _promise(promise: UpdatePromise) -> dict[str, Any]:
    result = "missed" if promise.late_by is None else "late" if promise.late_by else "in_time"
    came = promise.answered_at
    return {"due_at": _time(promise.due_at), "came_at": _time(came) if came else None, "result": result}


def _time(at: datetime) -> str:
    return at.isoformat()


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())
