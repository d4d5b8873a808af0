"""`/incident timeline`: what has happened so far, in pages, or a part of it."""

import re
from dataclasses import replace

from bot.core import mentions
from bot.core.decision import Refused
from bot.core.dedup import same_press
from bot.incident.commands import correct, entries
from bot.incident.commands.assign import ME
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Show, Wants
from bot.incident.domain.effects import ShareExport
from bot.incident.domain.export import ExportFormat
from bot.incident.domain.permissions import Capability
from bot.incident.domain.selection import TOPICS, Selection, parse_topic
from bot.incident.views import timeline as views
from bot.incident.views.replies import answer

STRUCK, EXPORT = "struck", "export"
_FIX = ("fix", "correct")
_NUMBER = re.compile(r"#?\d{1,9}")


def _needed(request: Request) -> tuple[Capability]:
    first = request.text.strip().partition(" ")[0].lower()
    return (Capability.CHANGE,) if first in _FIX else (Capability.READ,)


@command(
    "timeline",
    "timeline [notes|updates|roles …] [@person]",
    "What has happened so far, in order; or a part of it",
    "`timeline 12` shows entry #12 and what became of it, `timeline struck` what was struck. Correct a note with "
    "`timeline fix 12 at 14:05` or `timeline fix 12 <new text>`; leave one out with `strike 12`. `timeline export csv` "
    "(or `md`, `json`) sends you a file.",
    about=INCIDENT,
    may=Capability.READ,
    needs=_needed,
    wants=Wants.TIMELINE | Wants.PEOPLE,
    synonyms={"history": "", "events": "", "activity": "", "fix": "fix", "correct": "fix"},
)
def timeline(request: Request) -> Outcome:
    """Show the latest entries to this person only, or correct one."""
    first, _, rest = request.text.strip().partition(" ")
    if first.lower() in _FIX:
        return correct.fix(request, rest)
    if first.lower() == EXPORT:
        return _export(request, rest)
    if _NUMBER.fullmatch(request.text.strip()):
        named = entries.named(request, request.text, "timeline 12")
        return named if isinstance(named, Refused) else Reply(views.entry(request.about, named.entry))
    wanted = _selection(request)
    return wanted if isinstance(wanted, Refused) else _page(request, wanted)


@button("timeline_earlier", about=INCIDENT, may=Capability.READ, wants=Wants.TIMELINE | Wants.PEOPLE)
@button("timeline_later", about=INCIDENT, may=Capability.READ, wants=Wants.TIMELINE | Wants.PEOPLE)
def turn(request: Request) -> Outcome:
    """Turn the page, in place."""
    about = request.metadata
    number, topic, person = about.get("page"), about.get("topic"), about.get("person")
    wanted = Selection(
        topic if topic in TOPICS else "",
        person if isinstance(person, str) else "",
        struck=about.get("struck") is True,
    )
    page = _page(request, wanted, number if isinstance(number, int) and number > 0 else 0)
    return replace(page, in_place=True)


def _export(request: Request, typed: str) -> Outcome:
    """Send the timeline as a file, to this person only."""
    form, incident = ExportFormat.parse(typed), request.about
    if form is None:
        return Refused(f"“{typed[:50]}” is no format. The formats are {', '.join(ExportFormat)}.")
    return Show(
        (ShareExport(request.actor, form),),
        done=answer("The file comes to you in a direct message."),
        again=answer("That file was sent to you a moment ago, and nothing has happened since."),
        dedup_keys=(same_press(f"export:{incident.number}:{incident.version}:{form}:{request.actor}"),),
    )


def _page(request: Request, wanted: Selection, number: int = 0) -> Reply:
    return Reply(views.page(request.about, request.timeline, wanted, number, request.zone))


def _selection(request: Request) -> Selection | Refused:
    """What is asked for, for example `notes @bob`."""
    wanted = Selection()
    for word in request.text.split():
        person = request.actor if word.lower() == ME else mentions.person(word)
        if person:
            wanted = replace(wanted, person=person)
        elif word.lower() == STRUCK:
            wanted = replace(wanted, struck=True)
        elif topic := parse_topic(word):
            wanted = replace(wanted, topic=topic)
        else:
            return Refused(
                f"“{word[:50]}” is no part of a timeline. There are {', '.join(TOPICS)}, {STRUCK}, an entry's number, "
                "or a person: pick one from the list that appears as you type @."
            )
    return wanted
