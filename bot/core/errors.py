"""The root of all errors that a person can mend."""


class WarroomError(Exception):
    """Its message says what is wrong and what to do about it; nothing more needs to be shown."""
