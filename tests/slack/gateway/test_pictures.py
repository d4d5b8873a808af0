"""A picture is shared with a file in one message, with words for those who cannot see it."""

from bot.ports.port import Begun, Delivered
from bot.ports.slack.calls import ShareFile, UploadPicture
from tests.slack.gateway.conftest import Line


async def test_a_file_and_a_picture_are_one_message_and_the_picture_has_a_description(line: Line) -> None:
    room, file = await line.room(), await line.uploaded()
    begun = await line.do(UploadPicture("inc-1-timeline.png", b"\x89PNG", "x" * 2000))
    assert isinstance(begun, Begun)
    picture = begun.progress["picture"]
    share = ShareFile(room, file, "INC-1 draft", "Here it is", picture, "INC-1 timeline")
    assert isinstance(await line.do(share), Delivered)
    (message,) = [each for each in await line.everything(room) if each.get("files")]
    assert [each["id"] for each in message["files"]] == [file, picture]
    shown = message["files"][1]
    assert (shown["title"], shown["mimetype"]) == ("INC-1 timeline", "image/png")
    assert len(shown["alt_txt"]) == 1000


async def test_a_lost_picture_is_uploaded_again(line: Line) -> None:
    await line.driver.fault("error500", method="upload_url", count=1)
    call = UploadPicture("inc-1-timeline.png", b"\x89PNG", "A timeline")
    assert not isinstance(await line.do(call), Begun)
    assert isinstance(await line.do(call), Begun)
