"""Files that are shipped with warroom: at the top of a checkout, or inside the package of an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder, such as `templates` or `manifest.yml`.

    Raises:
        FileNotFoundError: the installation is damaged.
    """
    for folder in (_PACKAGE, _PACKAGE.parent):
        if (found := folder / name).exists():
            return found
    raise FileNotFoundError(f"{name} is missing from this installation: install warroom again")
