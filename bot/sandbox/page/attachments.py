"""View models of attachments, the predecessor of blocks (Slack docs, secondary message attachments)."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.page import inline
from bot.sandbox.page.blocks import Block, BlockContext, blocks
from bot.sandbox.page.elements import Json, text_of
from bot.sandbox.page.entities import Entity, entity
from bot.sandbox.page.mrkdwn import mrkdwn, plain
from bot.sandbox.page.reader import Reader


@dataclass(frozen=True, slots=True)
class Field:
    """A heading with a value; short ones are side by side."""

    title: Markup
    value: Markup
    short: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A coloured bar beside text, fields or blocks.

    Attributes:
        pretext: the text above the bar.
        images: the picture and the thumbnail, in the shape of image elements.
        entity: the Work Object that is shown instead of all else.
    """

    color: str
    pretext: Markup
    author: Markup
    title: Markup
    html: Markup
    fields: list[Field]
    blocks: list[Block]
    images: list[Json]
    footer: Markup
    entity: Entity | None = None


def attachment(raw: Json, reader: Reader) -> Attachment:
    """The view model of an attachment; if it has blocks, only these are shown, as in Slack."""
    color = text_of(raw.get("color")).lstrip("#")
    if raw.get("entity"):
        shown_as = entity(raw["entity"], reader)
        return Attachment(color, Markup(), Markup(), Markup(), Markup(), [], [], [], Markup(), shown_as)
    if raw.get("blocks"):
        inner = blocks(raw["blocks"], BlockContext(reader))
        return Attachment(color, Markup(), Markup(), Markup(), Markup(), [], inner, [], Markup())
    shown = {key: text_of(raw.get(key)) for key in ("pretext", "text")}
    told = any(raw.get(key) for key in ("pretext", "title", "text", "fields", "image_url", "thumb_url"))
    return Attachment(
        color=color,
        pretext=mrkdwn(shown["pretext"], reader),
        author=_linked(raw, "author_name", "author_link"),
        title=_linked(raw, "title", "title_link"),
        html=mrkdwn(shown["text"] or ("" if told else text_of(raw.get("fallback"))), reader),
        fields=[_field(each, reader) for each in raw.get("fields") or []],
        blocks=[],
        images=[_image(raw, key) for key in ("image_url", "thumb_url") if raw.get(key)],
        footer=_footer(raw, reader),
    )


def _linked(raw: Json, words: str, address: str) -> Markup:
    """Plain text, as a link if there is an address."""
    text = plain(text_of(raw.get(words)))
    return inline.link(text_of(raw.get(address)), text) if text and raw.get(address) else text


def _field(raw: Json, reader: Reader) -> Field:
    return Field(
        plain(text_of(raw.get("title"))), mrkdwn(text_of(raw.get("value")), reader), bool(raw.get("short"))
    )


def _image(raw: Json, key: str) -> Json:
    return {"image_url": text_of(raw.get(key)), "alt_text": text_of(raw.get("title") or raw.get("fallback"))}


def _footer(raw: Json, reader: Reader) -> Markup:
    """The footer with its time; an attachment's `ts` is a Unix time, as a number or as text."""
    parts = [plain(text_of(raw.get("footer")))] if raw.get("footer") else []
    seconds = str(raw.get("ts") or "").partition(".")[0]
    if seconds:
        parts.append(inline.date(seconds, "{date_short_pretty} {time}", reader))
    return Markup(" · ").join(parts)
