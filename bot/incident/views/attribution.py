"""Who did something, at the end of a sentence."""

from bot.core.text import close_code_block


def with_attribution(text: str, whom: str) -> str:
    """The text followed by `(whom)`. A code block that the text leaves open is closed first."""
    return f"{close_code_block(text)} ({whom})"
