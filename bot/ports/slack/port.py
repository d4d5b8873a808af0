"""What Slack's refusals mean (Slack docs, "errors" of each method), and what helps."""

from bot.ports.port import Port

_REMEDIES = {
    "missing_scope": "An admin needs to reinstall the app with the current manifest.yml.",
    "not_in_channel": "Invite me to that channel (`/invite`).",
    "channel_not_found": "Invite me to that channel (`/invite`); if it is the incidents channel, check its id in the "
    "settings.",
    "is_archived": "Unarchive the channel.",
    "is_inactive": "Unarchive the channel.",
    "posting_to_channel_denied": "Unarchive the channel, or let apps post in it.",
    "restricted_action_read_only_channel": "Let apps post in that channel.",
    "not_authorized": "I did not create that channel: somebody who may can rename it.",
    "name_taken": "Rename the channels that have the war room's names.",
    "file_uploads_disabled": "An admin must allow uploads.",
    "storage_limit_reached": "The workspace has no space left for files.",
    "messages_tab_disabled": "An admin needs to reinstall the app with the current manifest.yml.",
    "account_inactive": "Install the app again and set its new token.",
    "invalid_auth": "Install the app again and set its new token.",
    "token_revoked": "Install the app again and set its new token.",
    "restricted_action": "A workspace setting forbids it; an admin can allow it.",
    "canvas_disabled_user_team": "An admin can allow canvases; or set `canvas: no` in the policy.",
    "team_tier_cannot_create_channel_canvases": "The workspace's plan has none: set `canvas: no` in the policy.",
    "list_not_found": "Somebody has deleted the list, or I have lost access to it: I make another one.",
    "lists_disabled_user_team": "The workspace has no Lists, which need a paid plan: an admin can allow them; or set "
    "`slack_list: no` in the policy.",
    "over_list_file_maximum": "The workspace has as many lists as it may have: delete some.",
    "over_row_maximum": "The list is full: delete rows that nobody needs.",
    "column_not_found": "Somebody has changed the columns of the list: delete the list, and I make another one.",
    "invalid_column_id": "Somebody has changed the columns of the list: delete the list, and I make another one.",
    "invalid_input_type": "Somebody has changed the columns of the list: delete the list, and I make another one.",
    "invalid_option_id": "Somebody has changed the columns of the list: delete the list, and I make another one.",
    "uneditable_column": "Somebody has changed the columns of the list: delete the list, and I make another one.",
    "too_many_bookmarks": "Remove bookmarks from the war room.",
    "too_many_pins": "Unpin something and pin the card by hand.",
    "no_such_subteam": "There is no such user group: check its id in the policy.",
    "user_group_not_read_yet": "I have just started and read it soon: bring its people in by hand (`/invite`).",
    "unexpected_answer": "Slack's answer was not valid.",
    "unexpected_error": "I have a bug: my log has the details.",
    "unknown_method": "The server that I am connected to does not support it.",
}

# Refusals of an invitation. They are about the person, and may end by themselves, for example when an admin changes
# the account.
_OF_PEOPLE = {
    "ura_max_channels": "A single-channel guest cannot join a second channel: an admin can change the account to a "
    "multi-channel guest or to a member.",
    "user_is_restricted": "An app cannot invite guests: an admin can, or can change the account to a member.",
    "cant_invite": "An app cannot invite this account: somebody in the room can try `/invite`, or an admin can.",
    "invitee_cant_see_channel": "The account does not belong to this workspace: an admin can add it.",
    "org_user_not_in_team": "The account does not belong to this workspace: an admin can add it.",
    "no_external_invite_permission": "The account belongs to another organisation: an admin can allow such invitations.",
    "user_not_found": "There is no such account, or it was deactivated: check the name.",
}

SLACK = Port(
    key="slack",
    name="Slack",
    limited="ratelimited",
    unsupported="unknown_method",
    shut=frozenset(
        {"is_archived", "is_inactive", "not_in_channel", "channel_not_found", "posting_to_channel_denied"}
    ),
    gone=frozenset(
        {"message_not_found", "thread_not_found", "edit_window_closed", "cant_update_message", "view_expired"}
    ),
    unchangeable=frozenset({"message_not_found", "edit_window_closed", "cant_update_message"}),
    begun_in_vain=frozenset({"file_not_found"}),
    passing=frozenset(_OF_PEOPLE),
    remedies=_REMEDIES | _OF_PEOPLE,
)
