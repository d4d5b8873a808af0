"""The pack as a message in Slack, and the messages and the form around it."""

import json
from collections import Counter
from collections.abc import Sequence

from bot.core.blocks import (
    Block,
    Element,
    Message,
    View,
    actions,
    button,
    context,
    day_picker,
    field_block,
    modal,
    option,
    person_select,
    section,
    select,
    text_input,
)
from bot.core.local_time import zone_of
from bot.core.newer import bar_chart, cell, data_table, number_cell, text
from bot.core.text import Mrkdwn, clip, day, lines, md
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.rules import TITLE_MAX
from bot.followup.domain.vocabulary import Decided
from bot.followup.views.rows import VERIFY
from bot.incident.domain.vocabulary import mention, reference
from bot.review.domain.pack import Pack, PackItem
from bot.review.views import board_words as words
from bot.review.views.board_words import Names

POST, PAGE, DECIDE, LOAD = "review_post", "review_page", "review_decide", "review_load"
COLUMNS = ("Incident", "Severity", "Declared", "Lasted", "Status")
ROWS_MAX, LISTED_MAX, BUTTONS_MAX, CHART_DAYS = 20, 5, 4, 14
_TITLE_MAX, _TOLD_MAX = (
    80,
    160,
)  # so that the blocks of the fullest pack have less than the 12,000 characters that Slack takes


def posted(pack: Pack, number: int, names: Names, *, load: bool) -> Message:
    """The pack in a channel, with the buttons of a board.

    Args:
        pack: what it shows.
        number: the number of the board.
        names: people's names, by their ids.
        load: whether there are figures of load.
    """
    value = json.dumps({"board": number})
    buttons = [button("Record a decision", DECIDE, value, style="primary")] if pack.topics else []
    if load and pack.incidents:
        buttons.append(button("Load by name", LOAD, json.dumps({"text": span_of(pack), "zone": pack.zone})))
    return _message(pack, names, buttons)


def answer(pack: Pack, asked: str, names: Names, *, is_kept: bool) -> Message:
    """The pack for whoever asked for it, with buttons to post it and to get its page."""
    value = json.dumps({"text": asked})
    buttons = [button("Post it here", POST, value), button("Send me the page", PAGE, value)]
    kept = [context(Mrkdwn("This is the pack as it was posted."))] if is_kept else []
    made = _message(pack, names, buttons)
    return Message(text=made.text, blocks=[*made.blocks, *kept])


def span_of(pack: Pack) -> str:
    """The days of a pack, as they are typed after `metrics`."""
    return words.days(pack).partition(" (")[0].replace(" to ", "..")


def _message(pack: Pack, names: Names, buttons: Sequence[Element]) -> Message:
    head = md("*{}* · {}", words.heading(pack), words.days(pack))
    told = lines(head, md("{}", words.summary(pack)), *(md("{}", each) for each in words.notes(pack)))
    blocks: list[Block] = [section(told)]
    if pack.incidents:
        blocks += [*_chart(pack), _table(pack)]
    blocks += [section(each) for each in _parts(pack, names)]
    blocks += _done(pack, names)
    if rest := _rest(pack):
        blocks.append(section(lines(*rest)))
    row = [actions(*buttons)] if buttons else []
    return Message(text=told, blocks=[*blocks, *row, context(md("{}", words.made(pack)))])


def _chart(pack: Pack) -> list[Block]:
    """How many incidents were declared on which day; nothing of a longer span."""
    zone = zone_of(pack.zone or "UTC")
    found = Counter(each.declared_at.astimezone(zone).date() for each in pack.incidents)
    first, last = (each.astimezone(zone).date() for each in (pack.start, pack.end))
    names = [first.fromordinal(each) for each in range(first.toordinal(), last.toordinal())]
    if not 1 < len(names) <= CHART_DAYS:
        return []
    labels = [f"{each:%a} {each.day} {each:%b}" for each in names]
    told = " · ".join(f"{label}: {found[each]}" for label, each in zip(labels, names, strict=True))
    chart = bar_chart(
        "Incidents by day",
        labels,
        {"Incidents": [found[each] for each in names]},
        [context(md("Incidents by day: {}", told))],
        y_label="Incidents",
    )
    return [chart]


def _table(pack: Pack) -> Block:
    shown = pack.incidents[:ROWS_MAX]
    rows = [
        [
            cell(text(f"{each.reference} {clip(words.title(each.title), _TITLE_MAX)}")),
            number_cell(int(each.severity), each.severity.label),
            cell(text(words.local(each.declared_at, pack))),
            cell(text(words.lasted(each, pack))),
            cell(text(each.status.value)),
        ]
        for each in shown
    ]
    listed = [
        md(
            "• {} *{}* {}: {}",
            each.severity.label,
            each.reference,
            clip(words.title(each.title), _TITLE_MAX),
            words.lasted(each, pack),
        )
        for each in pack.incidents[: 2 * LISTED_MAX]
    ]
    plain = section(lines(*listed, _more(len(pack.incidents), 2 * LISTED_MAX, "the page lists them")))
    return data_table("Incidents that were declared", COLUMNS, rows, [plain])


def _parts(pack: Pack, names: Names) -> list[Mrkdwn]:
    """Postmortems, what returns, what boards have decided, and overdue action items; what there is none of is left out."""
    return [
        part
        for part in (
            _part(
                "Postmortems that are owed",
                [
                    md(
                        "*{}* {}: {}",
                        reference(each.number),
                        _clipped(each.title),
                        _told(words.owed(each, pack, names)),
                    )
                    for each in pack.owed
                ],
            ),
            _part(
                "What returns",
                [
                    md(
                        "*{}* ({}): {}",
                        _clipped(each.name),
                        each.kind.value,
                        _told(words.recurring(each, pack)),
                    )
                    for each in pack.recurring
                ],
            ),
            _part(
                "What boards have decided",
                [
                    md(
                        "*{}* {} ({}): {}",
                        *_named(each),
                        words.kind(each),
                        _told(words.became(each, pack.today, names)),
                    )
                    for each in pack.decided
                ],
            ),
            _part(
                "Action items that are overdue",
                [
                    md("*{}* {}: {}", *_named(each), _told(words.overdue(each, pack.today, names)))
                    for each in pack.overdue
                ],
            ),
        )
        if part
    ]


def _done(pack: Pack, names: Names) -> list[Block]:
    """The completed action items. Of the first ones it can be asked whether they have their effect."""
    if not pack.done:
        return []
    blocks: list[Block] = [section(Mrkdwn("*Action items that were completed*"))]
    for each in pack.done[:BUTTONS_MAX]:
        blocks.append(section(md("*{}* {}: {}", *_named(each), _told(words.done(each, names)))))
        if each.can_be_verified:
            value = json.dumps({"number": each.incident, "item": each.number})
            blocks.append(actions(button("Ask for verification", VERIFY, value)))
    more = len(pack.done) - BUTTONS_MAX
    return [*blocks, context(md("and {} more: `/incident actions done`", more))] if more > 0 else blocks


def _rest(pack: Pack) -> list[Mrkdwn]:
    found: list[Mrkdwn] = []
    if pack.promises.total:
        found.append(md("*Promised updates*: {}.", words.promises(pack)))
    if pack.near_misses:
        waiting = sum(each.waits for each in pack.near_misses)
        found.append(md("*Near misses*: {}, {} of them without an answer.", len(pack.near_misses), waiting))
        found += [
            md("• *{}* {}: {}", each.reference, _clipped(each.title), _told(words.near_miss(each, pack)))
            for each in pack.near_misses[:LISTED_MAX]
        ]
    if pack.evenness:
        found.append(
            md("*How evenly the load is spread*: {}. {}", words.evenness(pack.evenness), words.EVENNESS)
        )
    return found


def _part(heading: str, rows: Sequence[Mrkdwn]) -> Mrkdwn | None:
    if not rows:
        return None
    shown = [md("• {}", each) for each in rows[:LISTED_MAX]]
    return lines(
        md("*{}* ({})", heading, len(rows)), *shown, _more(len(rows), LISTED_MAX, "the page lists them")
    )


def _more(count: int, shown: int, where: str) -> Mrkdwn | None:
    return md("and {} more: {}", count - shown, where) if count > shown else None


def _named(item: PackItem) -> tuple[str, str]:
    return item.reference, _clipped(item.title)


def _told(words: str) -> str:
    return clip(words, _TOLD_MAX)


def _clipped(typed: str) -> str:
    return clip(words.title(typed), _TITLE_MAX)


def decide(pack: Pack, number: int) -> View:
    """The form that records a decision."""
    topics = [
        option(f"{reference(each)} {words.title(title)}", str(each)) for each, title in pack.topics.items()
    ]
    fields = [
        field_block(
            "text",
            "What is decided?",
            text_input(max_length=TITLE_MAX, placeholder="Every deploy goes to one region first"),
        ),
        field_block(
            "decided",
            "What is it?",
            select([option(_titled(each), each.value, each.meaning) for each in Decided], Decided.DECISION),
        ),
        field_block(
            "person", "Who sees to it?", person_select("One person"), hint="They are told privately."
        ),
        field_block("due", "By when?", day_picker(), hint="They are reminded as of any action item."),
        field_block(
            "incident",
            "Which incident shows best why?",
            select(topics[:100]),
            hint="The decision is an action item of that incident, and the next pack says what became of it.",
        ),
    ]
    about = context(md("{} · {}", words.heading(pack), words.days(pack)))
    return modal(
        DECIDE, "Record a decision", [about, *fields], submit="Record", metadata=json.dumps({"board": number})
    )


def _titled(decided: Decided) -> str:
    return "A reliability investment" if decided is Decided.INVESTMENT else "A decision"


def recorded(item: ActionItem) -> Message:
    """The answer to whoever has recorded a decision."""
    return Message.of(
        lines(
            md(
                ":ballot_box_with_check: *{}* is recorded as a {} of {}.",
                item.reference,
                decided_in_words(item),
                item.board,
            ),
            md("{}", item.title),
            md(
                "{} sees to it, by {}. The next pack says what became of it, and `/incident actions` lists it.",
                mention(item.owner),
                day(item.due_on),
            ),
        )
    )


def decided_in_words(item: ActionItem) -> str:
    """What was decided: `decision`, or `reliability investment`."""
    return "reliability investment" if item.decided is Decided.INVESTMENT else "decision"


def not_posted(pack: Pack, channel: str, reason: str) -> Message:
    """To whoever wanted the pack posted, that it could not be."""
    return Message.of(
        md(
            ":warning: I could not post {} in <#{}>: {}. Invite me to that channel, then post it again with "
            "`/incident review {}`.",
            words.heading(pack),
            Mrkdwn(channel),
            reason,
            pack.words,
        )
    )
