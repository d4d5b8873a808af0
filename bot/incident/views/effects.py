"""Effects in words, for telling people what could not be shown."""

from bot.incident.domain.effects import Effect

_WHAT = {
    "OpenRoom": "open the war room",
    "ShowLink": "tell the declarer where the war room is",
    "Invite": "bring everybody into the war room",
    "ReadMembers": "read who is in the war room",
    "TellUninvited": "tell somebody that they could not be brought in",
    "SetTopic": "set the channel topic",
    "ShowCard": "show the card",
    "PinCard": "pin the card",
    "Announce": "announce it in the incidents channel",
    "TellRoom": "post a message",
    "CatchUp": "say what happened meanwhile",
    "ShowOffer": "post the offer of command",
    "CloseOffer": "mark the offer of command as answered",
    "TellChannel": "answer in the announcement's thread",
    "Brief": "tell the new commander how it stands",
    "AnswerSource": "leave the war room's link where it was declared from",
    "Remind": "post a reminder",
    "Broadcast": "post a reminder in the incidents channel",
    "CloseReminder": "mark a reminder as answered",
    "CloseBroadcast": "mark a reminder as answered",
    "Meet": "learn somebody's name",
    "ReadMessage": "read the marked message",
    "ShareDraft": "post the postmortem draft (`warroom postmortem` prints it)",
}


def what_failed(effect: Effect) -> str:
    """What could not be done, as it follows on 'I could not'."""
    return what_of(type(effect).__name__)


def what_of(kind: str) -> str:
    """The same, of an effect of that kind."""
    return _WHAT.get(kind, "finish something")
