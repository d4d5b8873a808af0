"""Severity and status as coloured words, and long texts that are folded: what many messages share."""

from bot.core.blocks import Block, sections
from bot.core.newer import GAP, Piece, Tag, folded, room, text
from bot.core.text import clip_mrkdwn, md
from bot.core.tokens import in_words
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Severity, Status, reference
from bot.incident.views.ending import topic_words

FOLDED_FROM = 600  # characters; the first sentences of a shorter text are all of it
_BEGINNING = 120  # characters that are shown when it is folded

# The colours are those of the marks.
_COLORS = {
    Severity.SEV1: ("red", "red_circle"),
    Severity.SEV2: ("orange", "large_orange_circle"),
    Severity.SEV3: ("yellow", "large_yellow_circle"),
    Severity.SEV4: ("blue", "large_blue_circle"),
}


def severity_tag(incident: Incident) -> Tag:
    """The severity; without its colour once the incident is over."""
    color, mark = _COLORS[incident.severity]
    if incident.is_closed:
        color, mark = "gray", "white_circle" if incident.status.is_set_aside else "white_check_mark"
    return Tag(incident.severity.label, color, mark)


def drill_pieces(incident: Incident) -> list[Piece]:
    """That it is a drill, if it is one, with the gap before it."""
    return [GAP, Tag("DRILL", "purple", "large_purple_circle")] if incident.is_drill else []


def status_pieces(incident: Incident) -> list[Piece]:
    """The status; green as soon as customers notice nothing any more. A duplicate leads to the other incident."""
    if incident.duplicate_of is not None:
        of = text(f" of {reference(incident.duplicate_of)}")
        where = [text(" · "), room(incident.original_room)] if incident.original_room else []
        return [Tag("duplicate", "gray"), of, *where]
    is_good = incident.status in (Status.MITIGATED, Status.RESOLVED, Status.REVIEWED)
    return [Tag(topic_words(incident), "green" if is_good else "gray")]


def long_text(title: str, raw: str, most: int) -> list[Block]:
    """A text under its title; a long one is folded.

    Args:
        title: what it is.
        raw: the text.
        most: at most so many characters of it are shown, as Slack counts them.
    """
    words = clip_mrkdwn(md("{}", raw), most)
    if len(raw) < FOLDED_FROM:
        return sections(md("*{}*\n{}", title, words))
    beginning = clip_mrkdwn(md("{}", " ".join(in_words(raw, {}).split())), _BEGINNING)
    return [folded(title, beginning, sections(words))]
