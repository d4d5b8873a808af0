"""Channel names (Slack docs, conversations.create)."""

from bot.sandbox.core.errors import SlackError
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

LONGEST = 80
PUNCTUATION = set("-_")


def check_channel_name(name: str) -> None:
    """Refuse a name that Slack would refuse; Slack does not correct names for apps.

    Raises:
        SlackError: `invalid_name_required`, `invalid_name_maxlength`, `invalid_name_specials` or
            `invalid_name_punctuation`.
    """
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST:
        raise SlackError("invalid_name_maxlength")
    for character in name:
        upper = character.isupper() or character.istitle()
        if upper or not (character.isalpha() or character.isdigit() or character in PUNCTUATION):
            raise SlackError("invalid_name_specials")
    if not set(name) - PUNCTUATION:
        raise SlackError("invalid_name_punctuation")


def check_free_name(workspace: Workspace, name: str, own: Channel | None = None) -> None:
    """Refuse a name that Slack would refuse, or that another channel has.

    Raises:
        SlackError: `name_taken`, or one of those of `check_channel_name`.
    """
    check_channel_name(name)
    if any(c.name == name and c is not own and not c.is_direct for c in workspace.channels.values()):
        raise SlackError("name_taken")
