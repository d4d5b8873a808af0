"""The lanes of a board. The outbox stores their names: a new name needs a migration."""

from bot.engine.delivery.lane import Lane, LaneChannel

BOARD = Lane(name="board", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
PEOPLE = Lane(name="board people", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
