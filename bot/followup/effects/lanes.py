"""The lanes of action items and near misses. The outbox stores their names: a new name needs a migration."""

from bot.engine.delivery.lane import Lane, LaneChannel

ROOM = Lane(name="action room", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
PEOPLE = Lane(name="action people", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
TRACKER = Lane(name="action tracker", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
LIST = Lane(name="action list", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
REMINDERS = Lane(name="action reminders", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)

NEAR_MISS_BOARD = Lane(
    name="near miss board", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False
)
NEAR_MISS_PEOPLE = Lane(
    name="near miss people", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False
)
