"""The limit of events per hour for an app."""

# Slack docs, Events API: deliveries per workspace, app and hour.
PER_HOUR = 30_000


class Budget:
    """Counts the events of the hour.

    Args:
        per_hour: how many events are allowed.
    """

    def __init__(self, per_hour: int = PER_HOUR) -> None:
        self._per_hour = per_hour
        self._hour = -1
        self._count = 0
        self._minute_told = -1

    def admit(self, now: float) -> bool:
        """Count one event; False if the limit is exceeded."""
        hour = int(now // 3600)
        self._count = self._count + 1 if hour == self._hour else 1
        self._hour = hour
        return self._count <= self._per_hour

    def minute_to_tell(self, now: float) -> int | None:
        """The start of the minute for an `app_rate_limited` event, once a minute; None otherwise."""
        minute = int(now // 60) * 60
        if minute == self._minute_told:
            return None
        self._minute_told = minute
        return minute
