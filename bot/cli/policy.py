"""`warroom policy check`: what is wrong with the policy and the templates."""

from collections.abc import Callable
from pathlib import Path

from bot import policy_file, starting


def check(policy: Path | None, templates: Path | None, say: Callable[[str], None]) -> bool:
    """Check them; True if the bot would start with them.

    Args:
        policy: the file; None stands for the shipped one.
        templates: the folder of the team's own templates; None if there is none.
        say: is called with each mistake and each warning, or with what was checked.
    """
    checked = starting.check(policy, templates)
    for warning in checked.warnings:
        say(f"{warning} (a warning)")
    for mistake in checked.mistakes:
        say(mistake)
    if not checked.mistakes:
        which = policy or f"{policy_file.DEFAULT} (the shipped policy)"
        own = f"{checked.templates} files in {templates}" if templates else "the shipped templates"
        say(f"{which} and {own} can be used.")
    return not checked.mistakes
