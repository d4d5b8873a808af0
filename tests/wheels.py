"""Wheels made on the spot, and a package index of them on loopback, for tests of the installation."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import distribution, distributions
from pathlib import Path
from threading import Thread


def made_up(folder: Path, name: str, version: str, *needs: str) -> Path:
    """A wheel of an empty package."""
    metadata = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
    info = f"{name.replace('-', '_')}-{version}.dist-info"
    files = {
        f"{info}/METADATA": "\n".join(("Metadata-Version: 2.1", *metadata, "")).encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    return _write(folder / name / f"{name.replace('-', '_')}-{version}-py3-none-any.whl", info, files)


def repacked(folder: Path, name: str) -> Path:
    """The wheel that an installed package came from, put together again.

    Raises:
        PackageNotFoundError: it is not installed.
    """
    installed = distribution(name)
    stem = f"{name.replace('-', '_')}-{installed.version}"
    tag = (installed.read_text("WHEEL") or "").partition("Tag: ")[2].splitlines()[0]
    files = {}
    for file in installed.files or ():
        if file.parts[:-1] == ("..", "..", "..", "bin") and file.name == "uv":
            files[f"{stem}.data/scripts/uv"] = file.read_binary()
        elif ".." not in file.parts and file.suffix != ".pyc":
            files[str(file)] = file.read_binary()
    return _write(folder / name / f"{stem}-{tag}.whl", f"{stem}.dist-info", files)


def _write(path: Path, info: str, files: dict[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in (*files, f"{info}/RECORD")).encode()
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100755 if "/scripts/" in name else 0o100644) << 16
            wheel.writestr(entry, content)
    return path


def locked(*wheels: Path) -> str:
    """What a lock file says of these."""
    return "".join(
        f"{wheel.parent.name}=={wheel.name.split('-')[1]} \\\n"
        f"    --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"
        for wheel in sorted(wheels)
    )


def installed(checkout: Path) -> dict[str, str]:
    """The version of each package in a checkout's `.venv`, but for warroom itself and what Python puts there."""
    found = distributions(path=[str(path) for path in checkout.glob(".venv/lib/*/site-packages")])
    named = {each.metadata["Name"].lower().replace("_", "-"): each.version for each in found}
    return {name: version for name, version in named.items() if name not in {"warroom", "pip", "setuptools"}}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name in the library
        """Say nothing."""


@contextmanager
def index(folder: Path) -> Iterator[str]:
    """Run a simple index of a folder, which has one folder for each package with its wheels. Returns its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
