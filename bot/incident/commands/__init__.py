"""The commands of `/incident`: one file for each, with its button and its form.

The modules here are discovered. A module declares its command with `@command`; help, dispatch and spelling suggestions
then include it. A handler is pure: it turns a `Request` into an `Outcome` (what to do or to show), and `dispatch`
does it.
"""
