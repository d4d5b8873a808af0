"""What the reader for blame found: for the person who asks, at the end of the draft, and on the command line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.core.blocks import MESSAGE_MAX, Block, Message, context, section, sections, within
from bot.core.templates import Templates
from bot.core.text import Mrkdwn, lines, md, quoted
from bot.incident.domain import blame
from bot.incident.domain.blame import Finding, Kind
from bot.incident.domain.blame.passages import heading
from bot.incident.domain.blame.passages import lines as lines_of
from bot.incident.domain.postmortem import Draft
from bot.incident.views.postmortem import markdown, postmortem

SHOWN_MAX = 20  # findings: whoever has more reads the draft anyway
_INTRODUCTION = (
    "_These words may judge a person or hide the system. They were found by rules, which can be wrong. Delete this list "
    "when you have looked at it; `/incident postmortem check` makes it anew._"
)
_ROOM = 2 * MESSAGE_MAX // 3  # characters; the rest is for headings and reasons
_ESCAPED = re.compile(r"\\([\\`*_~\[\]<>|#&])")


class _Mentions(Mapping[str, str]):
    """Everybody by mention, so that nobody's name has to be read first."""

    def __getitem__(self, person: str) -> str:
        return f"<@{person}>"

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def with_list(text: str, names: Mapping[str, str]) -> str:
    """The draft with what to look at before it is published, at its end; unchanged if nothing was found."""
    found = [each for findings in _by_kind(blame.read(text, names.values())) for each in findings]
    if not found:
        return text
    parts = [text.rstrip("\n"), "", f"## {blame.SECTION}", "", _INTRODUCTION, ""]
    for _, group in groupby(found[:SHOWN_MAX], key=lambda each: each.kind):
        shown = list(group)
        parts.append(_advice(shown[0]))
        parts.extend(f"  - line {each.line}: “{markdown(_plain(each.words), {})}”" for each in shown)
    if len(found) > SHOWN_MAX:
        parts.append(f"- {len(found) - SHOWN_MAX} more")
    return "\n".join(parts) + "\n"


def _advice(finding: Finding) -> str:
    if finding.kind is Kind.ACTION_ITEM:
        return "- **Action items** that lack an owner, a date, or an outcome that somebody can verify."
    return f"- **{finding.kind.words.capitalize()}.** {finding.reason} _{finding.question}_"


def report(of: Draft, templates: Templates) -> Message:
    """What was found in the draft as it would be now, for the person who asks."""
    text = postmortem(of, _Mentions(), templates)
    found = _by_kind(blame.read(text))
    if not found:
        return _nothing(of)
    total = sum(map(len, found))
    head = md(
        "*{} in the draft of {}* to look at before you publish it. Only you see this. Rules found it, and they can be "
        "wrong: decide for yourself.",
        "One place" if total == 1 else f"{total} places",
        of.incident.reference,
    )
    titles = _titles(text)
    rows = [(each, _row(each, titles)) for findings in found for each in findings]
    fitting = within([row for _, row in rows[:SHOWN_MAX]], _ROOM)
    blocks: list[Block] = [section(head)]
    alone: list[Mrkdwn] = [head]
    for kind, group in groupby(rows[: len(fitting)], key=lambda each: each[0].kind):
        shown = list(group)
        part = lines(_heading(kind, shown[0][0]), *(row for _, row in shown))
        blocks += sections(part)
        alone.append(part)
    foot = _foot(total - len(fitting), of.incident.reference)
    return Message(text=lines(*alone, foot), blocks=[*blocks, context(foot)])


def _nothing(of: Draft) -> Message:
    return Message.of(
        md(
            ":white_check_mark: Nothing in the draft of {} judges a person or hides the system, as far as rules can tell. "
            "I read all of it as it would be now: {} on the timeline, {} left open, {}, and the text around them.",
            of.incident.reference,
            _counted(len(of.merged_timeline), "entry", "entries"),
            _counted(len(of.tasks), "task", "tasks"),
            _counted(len(of.action_items), "action item", "action items"),
        )
    )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _heading(kind: Kind, first: Finding) -> Mrkdwn:
    if kind is Kind.ACTION_ITEM:
        return md("*Action items*")
    return md("*{}*\n{} Better: _{}_", kind.words.capitalize(), first.reason, first.question)


def _row(finding: Finding, titles: Sequence[tuple[int, str]]) -> Mrkdwn:
    at = bisect_right(titles, finding.line, key=lambda each: each[0]) - 1
    where = f"{titles[at][1]}, line {finding.line}" if at >= 0 else f"line {finding.line}"
    if finding.kind is Kind.ACTION_ITEM:
        advice = f"{finding.reason} {finding.question}"
        return lines(md("{}: {}", where, advice), quoted(_plain(finding.words)))
    before, words, after = _plain(finding.sentence).partition(_plain(finding.words))
    return lines(md("{}:", where), quoted(md("{}*{}*{}", before, words, after)))


def _foot(left: int, incident: str) -> Mrkdwn:
    more = md(" {} more: `warroom postmortem {} --check` prints all of it.", left, incident) if left else ""
    return md("`/incident timeline fix 12 …` rewords a note.{}", more)


def _by_kind(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings of each kind together; the kind that comes first in the text is the first."""
    kinds = dict.fromkeys(each.kind for each in findings)
    return [[each for each in findings if each.kind is kind] for kind in kinds]


def _titles(text: str) -> list[tuple[int, str]]:
    """The headings with their lines, in order."""
    return [(line.number, title) for line in lines_of(text) if (title := heading(line.text)) is not None]


def _plain(text: str) -> str:
    """What was typed, without the marks that keep it from being markup."""
    return _ESCAPED.sub(r"\1", text)


def printed(findings: Sequence[Finding], name: str) -> list[str]:
    """One line for each finding, as compilers print them."""
    return [
        f"{name}:{each.line}: {each.kind.words}: “{_plain(each.words)}”: {each.reason} {each.question}"
        for each in findings
    ]
