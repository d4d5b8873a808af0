"""Files that are shared."""

from dataclasses import dataclass

from bot.incident.domain.export import ExportFormat


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """Post the postmortem draft in the war room as a file."""


@dataclass(frozen=True, slots=True)
class SendDraft:
    """Send somebody the postmortem draft as a file, in a direct message: the incident has no war room.

    Attributes:
        channel: the id of the direct message, which is known once it has a message; empty before.
    """

    person: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class PublishPostmortem:
    """Announce the published postmortem in the incidents channel, as a file with a message.

    Attributes:
        version: how many times it has been published, with this one.
    """

    version: int


@dataclass(frozen=True, slots=True)
class ShareExport:
    """Send somebody the timeline as a file, in a direct message.

    Attributes:
        form: the format of the file.
        channel: the id of the direct message, which is known once it has a message; empty before.
    """

    person: str
    form: ExportFormat
    channel: str = ""
