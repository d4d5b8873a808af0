"""One file = one `/incident` word, with its button and its form.

A module here is found by itself: it declares its word with `@word`, and help, dispatch and spelling suggestions
follow. A handler is pure: it turns a `Request` into an `Outcome` (what to do or to show); `dispatch` does it.
"""
