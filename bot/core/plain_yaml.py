"""Read YAML that people wrote by hand: small, and without aliases, because few aliases can make millions of values."""

from pathlib import Path
from typing import Any

import yaml

LARGEST = 2**18  # bytes; the policy has one kilobyte, an app's manifest ten


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse aliases, with their place; read every other node as usual."""
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
        yaml.YAMLError: it is not YAML, too large, nested too deeply, or has aliases; the message says why and where.
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
    except ValueError as error:  # not UTF-8, or an impossible date or number
        raise yaml.YAMLError(str(error)) from error
