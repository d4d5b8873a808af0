"""The page: the draft, the drawing, and the drawing in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.core.templates import Templates
from bot.core.tokens import in_words
from bot.incident.domain.incident import Incident
from bot.incident.views.drawing import svg
from bot.incident.views.drawing.sheet import Sheet
from bot.incident.views.drawing.summary import Table, in_one_sentence, tables
from bot.incident.views.page.cells import has_long_word
from bot.incident.views.page.style import style

TEMPLATE = "postmortem.html.j2"
LANGUAGE = "en"  # of our own words


@dataclass(frozen=True, slots=True)
class Text:
    """The draft as HTML.

    Attributes:
        head: its title, and what it says first.
        body: its sections.
        sections: their anchors and titles.
        entries: how many entries the timeline has.
        left_out: how many of them are not in it.
    """

    head: Markup
    body: Markup
    sections: Sequence[tuple[str, str]]
    entries: int
    left_out: int = 0


def page(
    incident: Incident,
    text: Text,
    sheet: Sheet,
    templates: Templates,
    *,
    redacted: bool = False,
) -> str:
    """Render the page.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    return templates.page(
        TEMPLATE,
        language=LANGUAGE,
        reference=incident.reference,
        title=in_words(incident.title, sheet.names),
        head=text.head,
        body=text.body,
        sections=[{"anchor": anchor, "title": title} for anchor, title in text.sections],
        drawing=Markup(svg.on_page(sheet)),  # noqa: S704  # its builder has escaped what was typed
        described=in_one_sentence(sheet),
        tables=[_table(each) for each in tables(sheet)],
        zone=sheet.zone_name,
        entries=text.entries,
        left_out=text.left_out,
        redacted=redacted,
        style=Markup(style()),  # noqa: S704  # nothing in it was typed
    )


def _table(table: Table) -> dict[str, Any]:
    rows = [[{"text": cell, "long": has_long_word(cell)} for cell in row] for row in table.rows]
    return {"caption": table.caption, "columns": table.columns, "rows": rows}
