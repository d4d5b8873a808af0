"""Effects in words, for telling people what could not be shown."""

from bot.domain.effects import Effect

_WHAT = {
    "OpenRoom": "open the war room",
    "Invite": "bring everybody into the war room",
    "SetTopic": "set the channel topic",
    "ShowCard": "show the card",
    "PinCard": "pin the card",
    "Announce": "announce it in the incidents channel",
    "TellRoom": "post a message",
    "Remind": "post a reminder",
    "Broadcast": "post a reminder in the incidents channel",
    "ReadMessage": "read the marked message",
    "ShareDraft": "post the postmortem draft (`warroom postmortem` prints it)",
}


def what_failed(effect: Effect) -> str:
    """What could not be done, as it follows on 'I could not'."""
    return _WHAT.get(type(effect).__name__, "finish something")
