"""The lanes of an incident. The outbox stores their names: a new name needs a migration."""

from datetime import timedelta

from bot.engine.delivery.lane import Lane, LaneChannel

# Slack accepts one message per second and channel: a request to act must not wait behind information.
URGENT = Lane(name="urgent", where=LaneChannel.OWN, yields_to=None, of_a_channel=True)
ROOM = Lane(name="room", where=LaneChannel.OWN, yields_to=URGENT.name, of_a_channel=True)

OPEN = Lane(name="open", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
INVITE = Lane(name="invite", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
TOPIC = Lane(name="topic", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
TASKS = Lane(name="tasks", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
CARD = Lane(name="card", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
PIN = Lane(name="pin", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
BOOKMARKS = Lane(name="bookmarks", where=LaneChannel.OWN, yields_to=CARD.name, of_a_channel=False)
CANVAS = Lane(
    name="canvas",
    where=LaneChannel.OWN,
    yields_to=CARD.name,
    of_a_channel=False,
    pause=timedelta(seconds=15),
)
READ = Lane(name="read", where=LaneChannel.OWN, yields_to=None, of_a_channel=False)
ANNOUNCEMENT = Lane(name="announcement", where=LaneChannel.COMMON, yields_to=None, of_a_channel=False)
BROADCAST = Lane(name="broadcast", where=LaneChannel.COMMON, yields_to=None, of_a_channel=False)
PEOPLE = Lane(name="people", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
NEWCOMERS = Lane(name="newcomers", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
SOURCE = Lane(name="source", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
FURTHER = Lane(
    name="further", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False, divided_by="channel"
)  # a channel that refuses or is slow must not hold up the others
SUBSCRIBERS = Lane(name="subscribers", where=LaneChannel.ELSEWHERE, yields_to=None, of_a_channel=False)
PUBLISHED = Lane(name="published", where=LaneChannel.COMMON, yields_to=None, of_a_channel=False)
BOARD = Lane(name="board", where=LaneChannel.COMMON, yields_to=None, of_a_channel=False)
DIGEST = Lane(name="digest", where=LaneChannel.COMMON, yields_to=None, of_a_channel=False)
