"""A draft in which names are roles, and the redacted form of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem import Draft
from bot.incident.domain.publication.labels import UNKNOWN, Labels, labels
from bot.incident.domain.publication.scrubbing import Scrub, names_scrubbed, without_addresses
from bot.incident.domain.timeline import Entry

_TEXTS = (
    "text",
    "risk",
    "way_back",
    "objection",
    "app",
    "title",
    "summary",
    "update",
    "resolution",
    "outcome",
)  # of the state
_LINKS = ("link", "source", "channel", "ts", "room", "original_room", "bridge")

D = TypeVar("D")


def by_roles(draft: Draft, names: Mapping[str, str]) -> tuple[Draft, Labels]:
    """The draft without people's names, and what they are called instead."""
    called = labels(draft)
    return _rewritten(draft, names_scrubbed(called, names), links=True), called


def redacted(draft: Draft, names: Mapping[str, str], room: str) -> tuple[Draft, Labels]:
    """The draft as it can be given away: without people, links, addresses and private notes.

    Private are the notes that were taken from a message outside of the war room, because who publishes does not know who
    may read there; and in a private incident all notes and parked thoughts. What was struck is in no draft.

    Args:
        draft: the whole draft.
        names: people's names by id.
        room: the id of the war room; empty if it had none.
    """
    called = labels(draft)
    with_roles = names_scrubbed(called, names)

    def scrubbed(text: str) -> str:
        return with_roles(without_addresses(text))

    private = draft.incident.private
    first = draft.detection.first_sign
    if first and _is_private(first.fact, room, private=private):
        draft = replace(draft, detection=replace(draft.detection, first_sign=None, before_it=None))
    shorter = replace(
        draft,
        timeline=_without_private(draft.timeline, room, private=private),
        duplicates=[(each, _without_private(of, room, private=private)) for each, of in draft.duplicates],
        parked=() if private else draft.parked,
    )
    return _rewritten(shorter, scrubbed, links=False), called


def _without_private(entries: Sequence[Entry], room: str, *, private: bool) -> Sequence[Entry]:
    return [each for each in entries if not _is_private(each.fact, room, private=private)]


def _is_private(fact: facts.Fact, room: str, *, private: bool) -> bool:
    if isinstance(fact, facts.Noted):
        return private or (fact.from_message and fact.channel != room)
    return private and isinstance(fact, facts.Parked | facts.Unparked | facts.Reparked)


def _rewritten(draft: Draft, scrub: Scrub, *, links: bool) -> Draft:
    def fact(entry: Entry) -> Entry:
        return Entry(entry.seq, _with_texts(entry.fact, (*entry.fact.words, "app"), scrub, links=links))

    first = draft.detection.first_sign
    return replace(
        draft,
        incident=_incident(draft.incident, scrub, links=links),
        impact=[(at, scrub(said)) for at, said in draft.impact],
        parked=[_with_texts(each, _TEXTS, scrub, links=links) for each in draft.parked],
        decisions=[_with_texts(each, _TEXTS, scrub, links=links) for each in draft.decisions],
        tasks=[_with_texts(each, _TEXTS, scrub, links=links) for each in draft.tasks],
        action_items=[_action_item(each, scrub, links=links) for each in draft.action_items],
        timeline=[fact(entry) for entry in draft.timeline],
        duplicates=[(number, [fact(entry) for entry in entries]) for number, entries in draft.duplicates],
        handoffs=[fact(entry) for entry in draft.handoffs],
        detection=replace(draft.detection, first_sign=fact(first)) if first else draft.detection,
        noticed=_with_texts(draft.noticed, (), scrub, links=links),
    )


def _incident(incident: Incident, scrub: Scrub, *, links: bool) -> Incident:
    written = incident.postmortem.sections.items()
    sections = {which: _with_texts(each, _TEXTS, scrub, links=links) for which, each in written}
    postmortem = _with_texts(incident.postmortem, ("wanted", "reason"), scrub, links=links)
    return replace(
        _with_texts(incident, _TEXTS, scrub, links=links), postmortem=replace(postmortem, sections=sections)
    )


def _action_item(item: ActionLine, scrub: Scrub, *, links: bool) -> ActionLine:
    """Its owner is a name already: one that is not known is no label."""
    label = scrub(item.owner)
    owner = label if label != item.owner else UNKNOWN
    return _with_texts(replace(item, owner=owner if item.owner else ""), _TEXTS, scrub, links=links)


def _with_texts(of: D, texts: Sequence[str], scrub: Scrub, *, links: bool) -> D:
    """The same with these texts scrubbed; and, unless `links` stay, without its links."""
    there: Any = {each.name for each in fields(of)}  # type: ignore[arg-type]  # all of these are dataclasses
    changed: dict[str, Any] = {
        name: scrub(said) for name in texts if name in there and (said := getattr(of, name))
    }
    if not links:
        changed |= {name: "" for name in _LINKS if name in there and getattr(of, name)}
    return replace(of, **changed) if changed else of  # type: ignore[type-var]
