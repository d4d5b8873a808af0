"""The postmortem as a page."""

from bot.core.templates import Templates
from bot.incident.domain.publication.shortening import shortened
from bot.incident.views.page.markdown import html
from bot.incident.views.page.page import Text, page
from bot.incident.views.postmortem import postmortem
from bot.incident.views.published.material import Material

ENTRIES_MAX = 1500  # more make the page heavy, and nobody reads them


def published_page(material: Material, templates: Templates) -> str:
    """The page, with the same content as the Markdown.

    Raises:
        TemplateBrokenError: the user's own template does not render.
    """
    shorter, left_out = shortened(material.draft, ENTRIES_MAX)
    document = html(postmortem(shorter, material.names, templates, named=material.named))
    text = Text(
        document.head,
        document.body,
        [(each.anchor, each.title) for each in document.sections],
        len(material.draft.merged_timeline),
        left_out,
    )
    return page(material.draft.incident, text, material.sheet(), templates, redacted=material.redacted)
