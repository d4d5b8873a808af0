"""The base class of all errors that a person can fix."""


class WarroomError(Exception):
    """An error that a person can fix. Its message says what is wrong and what to do; show nothing else."""
