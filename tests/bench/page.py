"""page: the published page of an incident with 10,000 timeline rows, from its facts until the file could be written."""

import json
import re
import time

from bot import policy_file
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.domain.incident import fold
from bot.incident.domain.postmortem import draft
from bot.incident.domain.publication.shortening import shortened
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.page.markdown import html
from bot.incident.views.postmortem import postmortem
from bot.incident.views.published.material import Material, material
from bot.incident.views.published.web_page import ENTRIES_MAX, published_page
from tests.bench.given import Given
from tests.bench.history import history
from tests.bench.percentiles import p50
from tests.bench.report import Report, Target
from tests.engine.world import ANNA, BEN, CLEO

TARGETS = (Target("page_s", 1), Target("page_kb", 600), Target("lost", 0))
PEOPLE = (ANNA, BEN, CLEO)
_ENTRY = re.compile(r"<li>\d\d:\d\d ")
NAMES = {person: person.title() for person in PEOPLE}


async def measure(given: Given) -> Report:
    """Run it: the same page several times."""
    rows, times = given.size(10_000, 60), given.size(7, 1)
    templates, policy, now = Templates(shipped("templates")), policy_file.load(), utc_now()
    happened = history(Severity.SEV2, rows, end=now, people=PEOPLE)
    entries = [Entry(seq, fact) for seq, fact in enumerate(happened, start=1)]
    incident = fold(happened)
    took, drafted, pictures, page, picture = [], [], [], "", b""
    for _ in range(times):
        began = time.process_time()
        found = material(draft(incident, entries, policy, now), NAMES, policy)
        ready = time.process_time()
        page = published_page(found, templates)
        took.append(time.process_time() - began)
        drafted.append(ready - began)
        began = time.process_time()
        picture = found.picture()
        pictures.append(time.process_time() - began)
    floor = _floor_s(found, templates)
    lost = len(_ENTRY.findall(page)) < min(ENTRIES_MAX, len(found.draft.timeline))
    return Report(
        name="page",
        figures={
            "page_s": p50(took),
            "floor_s": floor,
            "over_floor": p50(took) / floor,
            "page_s_worst": max(took),
            "draft_s": p50(drafted),
            "page_kb": len(page.encode()) / 1024,
            "picture_s": p50(pictures),
            "picture_kb": len(picture) / 1024,
            "rows": rows,
            "lost": int(lost),
        },
        targets=TARGETS,
        wrong=int(lost),
        remarks=(
            "floor_s: the Markdown of what the page shows is turned into HTML, and its facts are written as JSON",
            f"the page shows at most {ENTRIES_MAX} rows and says how many there are",
        ),
    )


def _floor_s(found: Material, templates: Templates) -> float:
    """What it costs at least, in seconds: the library's part of the work, with nothing decided and nothing drawn."""
    shorter, _ = shortened(found.draft, ENTRIES_MAX)
    text = postmortem(shorter, found.names, templates)
    began = time.process_time()
    html(text)
    json.dumps([str(entry.fact) for entry in shorter.timeline])
    return time.process_time() - began
