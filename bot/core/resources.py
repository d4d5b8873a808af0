"""Files that come with warroom: at the top of a checkout, inside the package of an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """Where `templates` or `manifest.yml` is.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    for folder in (_PACKAGE, _PACKAGE.parent):
        if (found := folder / name).exists():
            return found
    raise FileNotFoundError(f"{name} is missing from this installation: install warroom again")
