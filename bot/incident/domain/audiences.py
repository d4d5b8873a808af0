"""Whom a status update is for."""

from enum import StrEnum


class Audience(StrEnum):
    """Whom a status update is for."""

    ROOM = "room"  # a message in the war room
    STAKEHOLDERS = "stakeholders"  # a reply in the thread of the announcement; never for a private incident
    PUBLIC = "public"  # a text to copy, which only the person who posts the update sees


EVERYBODY = (Audience.ROOM, Audience.STAKEHOLDERS)  # those who hear of an update unless it says otherwise
