"""The actor of an act: a person, by their id, or a machine, such as an alert source, a timer or a remediation.

A person who was forgotten, or whose name was removed by the retention, has a pseudonym in the place of their id: they were a
person, and Slack does not know them.
"""

_MACHINE = "machine:"
_FORMER = "former:"


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


def former(name: str) -> str:
    """What stands in the place of a person's id from now on, so that they are called by this name, such as `Person 1`."""
    return f"{_FORMER}{name}"


def is_person(actor: str) -> bool:
    """Whether the actor is, or was, a person."""
    return not actor.startswith(_MACHINE)


def can_be_reached(actor: str) -> bool:
    """Whether the actor is a person whom Slack knows: they can be asked, called and invited."""
    return not actor.startswith((_MACHINE, _FORMER))


def own_name(actor: str) -> str:
    """The name of an actor whom Slack does not know, a machine or a pseudonym; empty for all others."""
    return "" if can_be_reached(actor) else actor.split(":", 1)[1]
