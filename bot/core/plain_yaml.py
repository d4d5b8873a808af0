"""YAML as people write it by hand: small, and without aliases, of which a few lines can make millions of values."""

from pathlib import Path
from typing import Any

import yaml

LARGEST = 2**18  # bytes; the policy has one kilobyte, an app's manifest ten


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """A node; aliases are refused where they stand."""
        if self.check_event(yaml.AliasEvent):
            alias = self.peek_event()  # type: ignore[no-untyped-call]  # its stubs are not whole
            raise yaml.composer.ComposerError(
                None, None, f"aliases (*{alias.anchor}) cannot be used: write it out", alias.start_mark
            )
        return super().compose_node(parent, index)


def read(path: Path) -> Any:
    """The document in a file.

    Raises:
        OSError: the file cannot be read.
        yaml.YAMLError: it is no YAML, or none that a person writes; the message says why and where.
    """
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise yaml.YAMLError(f"it has more than {LARGEST // 1024} kB")
    try:
        return yaml.load(content.decode("utf-8"), _Loader)  # noqa: S506  # a safe loader that takes less
    except yaml.YAMLError:
        raise
    except RecursionError as error:
        raise yaml.YAMLError("it is nested too deeply") from error
    except ValueError as error:  # no UTF-8; or a date or number that there is not
        raise yaml.YAMLError(str(error)) from error
