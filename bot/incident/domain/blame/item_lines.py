"""The action items of a Markdown text: the list or the table below the heading "Action items"."""

import re
from collections.abc import Collection, Iterator, Sequence

from bot.incident.domain.blame.action_items import ActionItem
from bot.incident.domain.blame.passages import Line, heading, readable
from bot.incident.domain.blame.people import People
from bot.incident.domain.blame.sentences import sentences
from bot.incident.domain.blame.vocabulary import words

_HEADING = re.compile(r"action (?:item|point)s?|follow[- ]?ups?|next steps", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+(\S.*)")
_RULE = re.compile(r"[\s|:-]+$")
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    "|Nov(?:ember)?|Dec(?:ember)?"
)
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DATE = re.compile(
    rf"""
    \b (?: \d{{4}}-\d{{1,2}}-\d{{1,2}} | \d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}}|\.)? (?![\w%.]) | {_MONTHS} | {_DAYS}
         | May\ \d{{1,4}} | \d{{1,2}}\.?\ May | (?:by|until|in|end\ of)\ May | Q[1-4] | today | tomorrow
         | (?:next|this|end\ of\ (?:the\ )?)\s?(?:week|month|quarter|sprint|year) | in\ \d{{1,3}}\ (?:day|week|month)s? ) \b
    """,
    re.VERBOSE,
)
_NOT_YET = words("- \u2013 — ? ?? tbd tba none n/a nobody open asap soon later") | {""}
_NO_OWNER = _NOT_YET | words("all everyone everybody we us someone somebody")
_OVER = ("done", "not doing", "dropped", "closed")  # as a state, in a column of its own
_COLUMNS = {
    "what": frozenset({"what", "action", "action item", "item", "task", "description", "todo"}),
    "owner": frozenset({"owner", "who", "assignee", "responsible", "assigned to"}),
    "due": frozenset({"due", "due date", "when", "date", "deadline", "by", "by when", "target date"}),
}
_LAST = re.compile(r"\(([^()]{0,200})\)\s*\.?\s*$")
_NAMED = re.compile(r"owner:\s*([^,;.)]{1,60})", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\S)[(]?@[\w.-]{2,80}")


def action_items(text: str, names: Collection[str], without: str) -> Iterator[tuple[Line, ActionItem]]:
    """Each action item with its line. Empty rows are none."""
    people, inside, columns = People(names), False, dict[str, int]()
    for line in readable(text, without):
        title = heading(line.text)
        if title is not None:
            inside, columns = bool(_HEADING.search(title)), {}
        elif inside and line.text.lstrip().startswith("|"):
            if _RULE.match(line.text.strip()) and "-" in line.text:
                continue
            cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.text.strip().strip("|"))]
            if not columns:
                columns = _columns(cells)
            elif item := _of_row(cells, columns, people):
                yield line, item
        elif inside and (match := _ITEM.match(line.text)):
            yield line, _of_text(match.group(1).strip(), people)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    known = {
        name: at for at, cell in enumerate(cells) for name, words in _COLUMNS.items() if cell.lower() in words
    }
    return {"what": 0} | known


def _of_row(cells: Sequence[str], columns: dict[str, int], people: People) -> ActionItem | None:
    cell = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
    what = cell["what"]
    others = (each for at, each in enumerate(cells) if at not in columns.values())
    if not what or any(each.lower().startswith(_OVER) for each in others):
        return None
    said = _of_text(what, people)
    owner, due = cell.get("owner"), cell.get("due")
    return ActionItem(
        what=what,
        has_owner=said.has_owner if owner is None else owner.lower() not in _NO_OWNER,
        has_date=said.has_date if due is None else due.lower() not in _NOT_YET,
    )


def _of_text(what: str, people: People) -> ActionItem:
    return ActionItem(what=what, has_owner=_has_owner(what, people), has_date=bool(_DATE.search(what)))


def _has_owner(what: str, people: People) -> bool:
    named = _NAMED.search(what)
    if named:
        return named.group(1).strip().lower() not in _NO_OWNER
    if _HANDLE.search(what):
        return True
    for sentence in sentences(what, 0, len(what)):
        if any(people.is_name(word) for word in sentence):
            return True
    last = _LAST.search(what)
    capitals = re.findall(r"\b[A-Z]\w+", _DATE.sub("", last.group(1))) if last else []
    return any(each.lower() not in _NO_OWNER for each in capitals)
