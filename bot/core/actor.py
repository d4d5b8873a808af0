"""The actor of an act: a person, by their id, or a machine, such as an alert source, a timer or a remediation."""

_MACHINE = "machine:"


def machine(name: str) -> str:
    """The id of a machine, for the actor of facts and acts.

    Args:
        name: the name that people know, such as `Alertmanager`.

    Raises:
        ValueError: the name is empty.
    """
    if not name.strip():
        raise ValueError("a machine that acts must have a name")
    return f"{_MACHINE}{name.strip()}"


def is_person(actor: str) -> bool:
    """Whether the actor is a person, who can be asked, called and invited."""
    return not actor.startswith(_MACHINE)


def machine_name(actor: str) -> str:
    """The name of a machine, as people know it; empty for a person."""
    return "" if is_person(actor) else actor.removeprefix(_MACHINE)
