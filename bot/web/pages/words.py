"""The small pages around a page: the one with the button, and those that say why there is none."""

import base64
import hashlib
from html import escape

from bot.core.page_links import Ticket
from bot.core.text import utc

_STYLE = (
    ":root{color-scheme:light dark}body{margin:15vh auto 0;max-width:34rem;padding:1rem;"
    "font:1.1rem/1.5 system-ui,sans-serif}h1{font-size:1.4rem}code{font-size:1em;white-space:nowrap}"
    "button{font:inherit;padding:.6rem 1.2rem;cursor:pointer}"
    "button:focus-visible{outline:3px solid #1d5fae;outline-offset:2px}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
#: What the browser may do with a small page: it sends one form, and loads nothing.
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
NEW = "In Slack, {} shows a new link."
ANY = ("/incident postmortem", "/incident metrics", "/incident review")


def landing(ticket: Ticket, action: str) -> str:
    """The page with the button. Robots that look links up read it too, so it says nothing of what it opens.

    Args:
        ticket: what the link stands for.
        action: the address that the button sends to.
    """
    told = f"This link opens a page once, in this browser, which can then show it until {utc(ticket.until)}."
    button = f'<form method="post" action="{escape(action)}"><button>Open the page</button></form>'
    return _page("A page for you", told, button)


def unknown() -> str:
    """The link, or the address, is none of ours, was changed, or is too old to tell."""
    return _page("There is no page here", f"This link is incomplete or was changed. {_new(*ANY)}")


def over(command: str) -> str:
    """The hour is over."""
    return _page("This link is over", f"A link can be used for an hour. {_new(command)}")


def used(command: str) -> str:
    """It was opened before, by whomever."""
    told = (
        "A link opens its page once, in one browser. If that was not you, tell whoever looks after warroom."
    )
    return _page("This link was opened already", f"{told} {_new(command)}")


def not_this_browser() -> str:
    """The address of a page, without its cookie."""
    return _page(
        "This page is not open here",
        f"It can be read only in the browser that opened its link, for an hour. {_new(*ANY)}",
    )


def not_for_you(command: str) -> str:
    """They may not see it any more, or there is nothing."""
    return _page("You cannot see this page", f"It is not there, or not for you any more. {_new(command)}")


def busy() -> str:
    """Too many pages are being made."""
    return _page("Just a moment", "Too many pages are being made. Load this page again in a few seconds.")


def unavailable() -> str:
    """It cannot be made at the moment."""
    return _page("Not at the moment", "The page cannot be made now. Load it again in a minute.")


def _new(*commands: str) -> str:
    return NEW.format(" or ".join(f"<code>{escape(each)}</code>" for each in commands))


def _page(title: str, told: str, more: str = "") -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1><p>{told}</p>{more}</main></body></html>\n"
    )
