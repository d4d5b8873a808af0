"""Reads `policy.yml`, in which each subject has its part; all mistakes are reported at once, each with its place."""

from pathlib import Path

import yaml
from pydantic import ValidationError

from bot.core import plain_yaml
from bot.core.errors import WarroomError
from bot.incident.domain.policy import Policy
from bot.incident.settings import PolicySection

DEFAULT = Path(__file__).parent / "policy.yml"


class PolicyFileError(WarroomError):
    """The policy file cannot be used; the message lists every mistake."""


def load(path: Path = DEFAULT) -> Policy:
    """Read a policy file.

    Raises:
        PolicyFileError: it cannot be read, or has mistakes.
    """
    try:
        document = plain_yaml.read(path)
    except OSError as error:
        raise PolicyFileError(f"cannot read {path}: {error.strerror}. Check POLICY_FILE.") from error
    except yaml.YAMLError as error:
        raise PolicyFileError(f"{path} is no YAML: {error}") from error
    try:
        section = PolicySection.model_validate(document)
    except ValidationError as error:
        raise PolicyFileError(f"{path} has mistakes:\n{_mistakes_in(error)}") from error
    return section.to_policy()


def _mistakes_in(error: ValidationError) -> str:
    """Each mistake on a line, with its place."""
    rows = []
    for mistake in error.errors():
        place = ".".join(str(step) for step in mistake["loc"]) or "the file"
        shape = mistake["type"] == "model_type"
        message = "must hold names and values, see bot/policy.yml" if shape else mistake["msg"]
        rows.append(f"  {place}: {message.removeprefix('Value error, ')}")
    return "\n".join(rows)
