"""The lanes of an incident. The outbox stores their names: a new name needs a migration."""

from bot.engine.delivery.lane import Lane, Where

# Slack accepts one message per second and channel: a request to act must not wait behind information.
URGENT = Lane(name="urgent", where=Where.OWN, yields_to=None, of_a_channel=True)
ROOM = Lane(name="room", where=Where.OWN, yields_to=URGENT.name, of_a_channel=True)

OPEN = Lane(name="open", where=Where.ELSEWHERE, yields_to=None, of_a_channel=False)
INVITE = Lane(name="invite", where=Where.OWN, yields_to=None, of_a_channel=False)
TOPIC = Lane(name="topic", where=Where.OWN, yields_to=None, of_a_channel=False)
CARD = Lane(name="card", where=Where.OWN, yields_to=None, of_a_channel=False)
PIN = Lane(name="pin", where=Where.OWN, yields_to=None, of_a_channel=False)
READ = Lane(name="read", where=Where.OWN, yields_to=None, of_a_channel=False)
ANNOUNCEMENT = Lane(name="announcement", where=Where.COMMON, yields_to=None, of_a_channel=False)
BROADCAST = Lane(name="broadcast", where=Where.COMMON, yields_to=None, of_a_channel=False)
PEOPLE = Lane(name="people", where=Where.ELSEWHERE, yields_to=None, of_a_channel=False)
SOURCE = Lane(name="source", where=Where.ELSEWHERE, yields_to=None, of_a_channel=False)
