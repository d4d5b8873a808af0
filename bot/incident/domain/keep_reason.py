"""Why a war room stays open after the end of its incident."""

from enum import StrEnum


class KeepReason(StrEnum):
    """Why a war room stays open after the end of its incident."""

    ASKED = "asked"  # somebody pressed Keep it open
    UNARCHIVED = "unarchived"  # somebody unarchived it in Slack
    TALK = "talk"  # people wrote there
