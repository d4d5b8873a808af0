"""The app's Home tab: what a person owes and has to do, the open incidents that they may see, and what was over lately.

It is published when a person opens or refreshes it, and after what they do on it. It is not updated at every change: the
cards in the war rooms are always current, the Home tab is not.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.blocks import (
    MESSAGE_MAX,
    Block,
    Element,
    View,
    actions,
    button,
    context,
    divider,
    header,
    option,
    section,
    select,
    within,
)
from bot.core.text import Mrkdwn, countdown, dotted, lines, md, when
from bot.incident.domain.cadence import promised_at
from bot.incident.domain.home import ALL, PAGE_SIZE, choice_of, remembered
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.policy import Policy
from bot.incident.domain.services import Services
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Milestone, Role, Severity, mention
from bot.incident.views.card import mark
from bot.incident.views.duties import duty_line, name_of, task_rows, tasks_of
from bot.incident.views.ending import status_words
from bot.incident.views.lists import how_many, paragraphs
from bot.incident.views.postmortem_words import in_list, is_worth_saying, owner_and_standing, standing
from bot.incident.views.services import affects_in_short
from bot.incident.views.unreadable import unreadable

DUTIES_MAX = 30  # incidents in which the person has something to do
PROMISES_MAX = 12
TASKS_MAX = 8
OWED_MAX = 5
RECENT_MAX = 5
PROBLEMS_MAX = 5
REFRESH, TASK_DONE = "refresh_home", "home_task_done"
EARLIER, LATER, SHOW = "home_earlier", "home_later", "home_show"
_ROLES_ROOM = 6000  # characters
_IF_NOT = "If something is failing for customers, declare it: you can easily close it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """What is on the tab of one person.

    Attributes:
        person: the id of the person.
        listed: a page of the open incidents that they may see, worst first.
        wanted: which page, of which of them.
        duties: the open incidents in which they hold a role, are asked to take command or have a task, worst first.
        owed: closed incidents whose postmortem the person writes and owes, the one that is due first on top.
        more_duties: what the person has to do in other subjects; empty if there is nothing.
        recent: incidents that were closed lately, the latest first.
        unreadable: the numbers of incidents that would be on the tab and could not be read.
        problems: for administrators, what keeps messages from being shown, each with what to do about it.
        policy: when updates are due.
        now: the time at which it is shown.
    """

    person: str
    listed: Shortlist
    wanted: Listing
    duties: Sequence[ListedIncident]
    more_duties: Sequence[Block] = ()
    recent: Sequence[ListedIncident]
    unreadable: Sequence[int]
    problems: Sequence[tuple[str, str]]
    policy: Policy
    now: datetime
    owed: Sequence[ListedIncident] = ()


def home(tab: Tab) -> View:
    """The Home tab of one person."""
    everything = choice_of(tab.wanted) == ALL
    is_quiet = everything and not tab.listed.total and not tab.duties
    more_duties = [divider(), *tab.more_duties] if tab.more_duties else []
    title = how_many(tab.listed.total) if everything else Mrkdwn("Incidents")
    blocks = [header(title), *([section(md(":sunny: All is quiet. {}", _IF_NOT))] if is_quiet else [])]
    blocks += [
        _buttons(),
        *_unreadable(tab.unreadable),
        *_problems(tab.problems),
        *_promises(tab),
        *_postmortems(tab),
        *_tasks(tab),
        *more_duties,
        *_roles(tab),
    ]
    blocks += [] if is_quiet else _open(tab)
    blocks += [*_recent(tab), divider(), _small_print(tab.now)]
    return {"type": "home", "private_metadata": json.dumps(remembered(tab.wanted)), "blocks": blocks}


def _buttons() -> Block:
    return actions(
        button("Declare an incident", "declare", "home", style="danger"), button("Refresh", REFRESH, "home")
    )


def _unreadable(numbers: Sequence[int]) -> list[Block]:
    return [section(unreadable(numbers))] if numbers else []


def _problems(problems: Sequence[tuple[str, str]]) -> list[Block]:
    """What an administrator should know of."""
    if not problems:
        return []
    rows = [section(lines(md("• {}", what), md("{}", remedy))) for what, remedy in problems[:PROBLEMS_MAX]]
    rest = len(problems) - len(rows)
    more = [context(md("and {} more: `warroom doctor` lists all", rest))] if rest else []
    head = section(Mrkdwn(":warning: *For administrators: messages that are not shown*"))
    return [divider(), head, *rows, *more]


def _promises(tab: Tab) -> list[Block]:
    """The updates that the person owes as commander or deputy: those that are overdue first, then the next ones."""
    owed = [each for each in tab.duties if _owes(each.incident, tab.person)]
    if not owed:
        return []
    owed.sort(key=lambda each: promised_at(each.incident, tab.policy))
    rows = [_promise(each, tab) for each in owed[:PROMISES_MAX]]
    more = [context(md("and {} more", len(owed) - len(rows)))] if len(owed) > len(rows) else []
    return [divider(), section(Mrkdwn("*Updates that you owe*")), *rows, *more]


def _promise(listed: ListedIncident, tab: Tab) -> Block:
    incident = listed.incident
    post = button("Post update", "update", str(incident.number))
    duty = md("{} {}", mark(incident), duty_line(listed, tab.person, tab.policy.roles))
    return section(lines(duty, _state(incident, None, tab))) | {"accessory": post}


def _owes(incident: Incident, person: str) -> bool:
    return person in (incident.commander, incident.holder(Role.DEPUTY))


def _postmortems(tab: Tab) -> list[Block]:
    """The postmortems that the person writes and that are owed, the one that is due first on top."""
    if not tab.owed:
        return []
    rows = [_owed(each, tab) for each in tab.owed[:OWED_MAX]]
    more = [context(md("and {} more", len(tab.owed) - len(rows)))] if len(tab.owed) > len(rows) else []
    return [divider(), section(Mrkdwn("*Postmortems that you write*")), *rows, *more]


def _owed(listed: ListedIncident, tab: Tab) -> Block:
    incident = listed.incident
    edit = button("Edit", "postmortem_edit", str(incident.number))
    state = dotted(in_list(incident, tab.now), standing(incident) if incident.postmortem.is_written else None)
    return section(lines(md("{} {}", mark(incident), name_of(listed)), state)) | {"accessory": edit}


def _tasks(tab: Tab) -> list[Block]:
    """The person's own open tasks."""
    tasks = tasks_of(tab.duties, tab.person)
    if not tasks:
        return []
    rows = task_rows(tasks, TASK_DONE, TASKS_MAX, MESSAGE_MAX, tab.now)
    return [divider(), section(Mrkdwn("*Your tasks*")), *rows]


def _roles(tab: Tab) -> list[Block]:
    """The person's roles in the incidents where they owe no update."""
    held = [each for each in tab.duties if tab.person in each.incident.responders]
    others = [each for each in held if not _owes(each.incident, tab.person)]
    if not others:
        return []
    rows = [md("• {}", duty_line(each, tab.person, tab.policy.roles)) for each in others]
    shown = within(rows, _ROLES_ROOM)
    more = [md("and {} more", len(rows) - len(shown))] if len(shown) < len(rows) else []
    texts = paragraphs([Mrkdwn("*Your roles*"), *shown, *more])
    return [divider(), *(section(text) for text in texts)]


def _open(tab: Tab) -> list[Block]:
    """A page of the open incidents, with the choice of which of them."""
    head = section(Mrkdwn("*Open incidents*")) | {"accessory": _choice(tab.wanted)}
    rows = [section(_row(each, tab)) for each in tab.listed.worst[:PAGE_SIZE]]
    if tab.listed.is_empty:
        rows = [section(Mrkdwn("No open incident is like that. Choose *All* above to see the others."))]
    return [divider(), head, *rows, *_pages(tab.listed.total, tab.wanted)]


def _choice(wanted: Listing) -> Element:
    options = [option("All", ALL), option("Mine", "mine")]
    options += [option(each.label, each.label.lower()) for each in Severity]
    return {**select(options, choice_of(wanted)), "action_id": SHOW}


def _pages(total: int, wanted: Listing) -> list[Block]:
    first = wanted.page * PAGE_SIZE
    last = min(first + PAGE_SIZE, total)
    buttons: list[Element] = []
    if wanted.page:
        buttons.append(button("Earlier", EARLIER, _page(wanted, wanted.page - 1)))
    if last < total:
        buttons.append(button("Later", LATER, _page(wanted, wanted.page + 1)))
    if not buttons:
        return []
    return [context(md("{} to {} of {}", first + 1, last, total)), actions(*buttons)]


def _page(wanted: Listing, page: int) -> str:
    return json.dumps({**remembered(wanted), "page": page})


def _row(listed: ListedIncident, tab: Tab) -> Mrkdwn:
    incident = listed.incident
    commander = md("IC {}", mention(incident.commander)) if incident.commander else md("no commander yet")
    return lines(md("{} {}", mark(incident), name_of(listed)), _state(incident, commander, tab))


def _state(incident: Incident, commander: Mrkdwn | None, tab: Tab) -> Mrkdwn:
    due = promised_at(incident, tab.policy)
    is_late = due <= tab.now
    news = Mrkdwn(
        f"*update overdue since {countdown(due)}*" if is_late else f"next update by {countdown(due)}"
    )
    return dotted(
        md("{} · {}", incident.severity.label, incident.status),
        affects_in_short(incident, tab.policy.services),
        commander,
        news,
    )


def _recent(tab: Tab) -> list[Block]:
    """What was closed lately, with the draft of its postmortem."""
    if not tab.recent:
        return []
    rows = [_closed(each, tab.policy.services) for each in tab.recent[:RECENT_MAX]]
    return [divider(), section(Mrkdwn("*Closed in the last days*")), *rows]


def _closed(listed: ListedIncident, services: Services) -> Block:
    incident = listed.incident
    ended = incident.milestones.get(Milestone.RESOLVED)
    state = dotted(
        md("{} · {}", incident.severity.label, status_words(incident)),
        affects_in_short(incident, services),
        when(ended) if ended else None,
    )
    owed = md("Postmortem: {}", owner_and_standing(incident)) if is_worth_saying(incident) else None
    row = section(lines(md("{} {}", mark(incident), name_of(listed)), state, owed))
    if incident.status.is_set_aside:
        return row
    return row | {"accessory": button("Postmortem draft", "postmortem", str(incident.number))}


def _small_print(now: datetime) -> Block:
    return context(
        md("As of {}.", when(now)),
        md("`/incident help` lists all commands."),
        md("To practise without risk: `warroom practice`, on your own machine, without Slack."),
    )
