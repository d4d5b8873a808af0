"""The button that opens a page. Its address is a secret of the person whom the message is shown to."""

from bot.core.blocks import Message, actions, link
from bot.core.page_links import VALID

OPEN = "open_page"
LABEL = f"Open the page (for you, {VALID.seconds // 3600} hour)"


def with_page(message: Message, address: str) -> Message:
    """A message that only one person sees, with a button that opens a page; as it is if there is no address.

    The address is in a button only, which Slack does not look up as it does links in a text.
    """
    if not address:
        return message
    return Message(text=message.text, blocks=[*message.blocks, actions(link(LABEL, OPEN, address))])
