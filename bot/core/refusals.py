"""The outside world's refusals, by who can mend their cause."""

# The channel cannot be reached as things are. Its people can change that, and then we go on by ourselves.
SHUT = frozenset(
    {"is_archived", "is_inactive", "not_in_channel", "channel_not_found", "posting_to_channel_denied"}
)

# What was to be shown, read or changed is gone: nobody can mend that.
GONE = frozenset(
    {"message_not_found", "thread_not_found", "edit_window_closed", "cant_update_message", "view_expired"}
)
