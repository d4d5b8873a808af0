"""`warroom postmortem --check`: what judges a person or hides the system."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.core.errors import WarroomError
from bot.incident.domain.blame import Finding, read
from bot.incident.views.blame import printed


class NotReadableError(WarroomError):
    """The file cannot be read."""


def of_file(file: Path) -> list[Finding]:
    """What is found in a file.

    Raises:
        NotReadableError: there is none, or it is no text in UTF-8.
    """
    try:
        return read(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotReadableError(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise NotReadableError(f"Cannot read {file}: it is no text in UTF-8.") from error


def tell(findings: Sequence[Finding], name: str, say: Callable[[str], None]) -> bool:
    """Say what was found, one line each, or that nothing was; True if nothing was."""
    for line in printed(findings, name):
        say(line)
    if not findings:
        say(f"Nothing in {name} judges a person or hides the system, as far as rules can tell.")
    return not findings
