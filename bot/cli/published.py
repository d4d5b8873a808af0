"""Where `warroom postmortem` puts what it has made: on standard output, or in a file."""

import sys
from pathlib import Path

from bot.cli.process import fail
from bot.incident.domain.publication.form import PostmortemForm


def form_of(out: Path | None) -> PostmortemForm:
    """The form that a file's name asks for; Markdown if it asks for none."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return next((form for form in PostmortemForm if form == ending), PostmortemForm.MARKDOWN)


def check(out: Path | None, form: PostmortemForm, *, force: bool) -> None:
    """Exit with 2 if it could not be written: a file is there already, or a picture would be printed on a terminal."""
    if out is None and form is PostmortemForm.PICTURE and sys.stdout.isatty():
        fail("A picture cannot be printed here: name a file, as in --out timeline.png.", 2)
    if out is not None and out.exists() and not force:
        fail(f"{out} exists already: name another file with --out, or add --force to overwrite it.", 2)


def write(written: bytes, out: Path | None, *, force: bool) -> None:
    """Write it, and say where; exit with 1 if that is impossible."""
    if out is None:
        sys.stdout.buffer.write(written)
        return
    try:
        with out.open("wb" if force else "xb") as file:
            file.write(written)
    except OSError as error:
        fail(f"Cannot write {out}: {error.strerror}.", 1)
    sys.stdout.write(f"{out} is written.\n")
