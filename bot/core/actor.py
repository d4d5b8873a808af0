"""Who acts: a person, by their id, or a machine, such as an alert source, a timer or a remediation."""

_MACHINE = "machine:"


def machine(name: str) -> str:
    """The id of a machine, as facts and acts name whoever is behind them.

    Args:
        name: as people know it, such as `Alertmanager`.

    Raises:
        ValueError: it has none.
    """
    if not name.strip():
        raise ValueError("a machine that acts has a name")
    return f"{_MACHINE}{name.strip()}"


def is_person(actor: str) -> bool:
    """Whether it is a person: somebody who can be asked, called and let in."""
    return not actor.startswith(_MACHINE)


def machine_name(actor: str) -> str:
    """The name of a machine, as people know it; empty of a person."""
    return "" if is_person(actor) else actor.removeprefix(_MACHINE)
