"""The page of a pack and the picture of its line, wherever they are shared."""

import structlog

from bot.core.png.render import NoPictureError
from bot.ports.slack.calls import ShareFile, UploadFile, UploadPicture
from bot.review.effects.render_context import RenderContext
from bot.review.views import board_line, board_page, board_words

log = structlog.get_logger(__name__)


def call(context: RenderContext, channel: str) -> UploadFile | UploadPicture | ShareFile:
    """The next call: first the upload of the page, then that of the picture, which nobody sees yet; then both are shared."""
    pack, progress = context.board.pack, context.progress
    if "file" not in progress:
        page = board_page.board_page(pack, context.names, context.installation.policy.link)
        return UploadFile(board_page.filename(pack), page)
    if "picture" not in progress and pack.incidents and (picture := _picture(context)):
        return picture
    title = board_words.heading(pack)
    return ShareFile(channel, progress["file"], title, "", progress.get("picture", ""), f"{title}: incidents")


def _picture(context: RenderContext) -> UploadPicture | None:
    """The picture; None if it cannot be drawn: the page is shared all the same."""
    pack = context.board.pack
    try:
        content = context.installation.draw(board_line.picture(pack))
    except NoPictureError as error:
        log.warning("board.no_picture", board=context.board.number, error=str(error))
        return None
    return UploadPicture(f"{board_page.filename(pack)[:-5]}.png", content, board_line.in_words(pack))
